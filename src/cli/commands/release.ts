import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { ProgramSystem } from '../../capture/index.ts';
import { errorText } from '../../kernel/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { cliErrors } from '../errors.ts';
import { installationOf, parseMirror, tellInstallation } from '../installation.ts';
import { sizeText } from '../output/formats.ts';
import { plainLine } from '../output/width.ts';
import type { Workspace } from '../program.ts';
import { resolveSnapshot } from '../refs.ts';
import { choiceOf, group, verb } from '../verb.ts';
import { createCarryBar } from '../wait/carry-bar.ts';

interface InfoFlags extends GlobalFlags {
  readonly mirror?: string;
}

interface ExtractFlags extends InfoFlags {
  readonly command: string;
  readonly to: string;
  readonly system?: string;
  readonly arch?: string;
}

const systems: readonly ProgramSystem[] = ['linux', 'mac', 'windows'];

/** `holdfast release info|extract` */
export function releaseCommand(context: Context): Command {
  const { release: t, show } = context.texts;
  const info = verb('info', t.info, context)
    .alias('show')
    .argument('<ref>', show.ref)
    .option('--mirror <host/repository>', t.mirror)
    .action((ref: string, flags: InfoFlags) =>
      context.withWorkspace(flags, (workspace) => tellRelease(context, workspace, ref, flags)),
    );
  const extract = verb('extract', t.extract, context)
    .argument('<ref>', show.ref)
    .requiredOption('--command <program>', t.command)
    .requiredOption('--to <folder>', t.to)
    .option('--mirror <host/repository>', t.pinnedAt)
    .option('--system <system>', t.system)
    .option('--arch <architecture>', t.arch)
    .action((ref: string, flags: ExtractFlags) =>
      context.withWorkspace(flags, (workspace) => extractFrom(context, workspace, ref, flags)),
    );
  return group('release', t.about, context, [info, extract]);
}

async function digestOf(workspace: Workspace, ref: string) {
  const { digest, id, verdict, linkId } = await resolveSnapshot(workspace, ref);
  if (digest === null) throw cliErrors.noBytes({ snapshot: id, verdict, link: linkId });
  return digest;
}

async function tellRelease(
  context: Context,
  workspace: Workspace,
  ref: string,
  { mirror: given, json }: InfoFlags,
): Promise<void> {
  const { texts, say, note } = context;
  const t = texts.release;
  const { openRelease } = await import('../../capture/index.ts');
  const release = await openRelease(workspace.store, await digestOf(workspace, ref));
  const { isServed, ...own } = workspace.mirror;
  const mirror = given === undefined ? own : parseMirror(given);
  const next = await installationOf(release, mirror);
  const { signatures, ...told } = release;
  if (json) return context.sayJson({ ...told, signatures: signatures.length, mirror, installation: next });
  const { version, architecture, digest, repository, components, imageTags } = release;
  say(`OpenShift ${version} (${architecture})`);
  say(`${repository}@${digest}`);
  say(t.counts(components.length, imageTags.join(', '), signatures.length));
  tellInstallation(context, next);
  if (given === undefined && !isServed) note(`\n${t.notServed}`);
}

async function extractFrom(
  context: Context,
  workspace: Workspace,
  ref: string,
  flags: ExtractFlags,
): Promise<void> {
  const { texts, io } = context;
  const { extractProgram, programNames } = await import('../../capture/index.ts');
  const program = choiceOf('--command', flags.command, programNames);
  const system = choiceOf('--system', flags.system ?? 'linux', systems);
  const folder = resolve(io.cwd, flags.to);
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw cliErrors.writeFailed({ path: folder, detail: errorText(cause) }, { cause });
  });
  const bar = createCarryBar(context, program);
  try {
    const done = await extractProgram({
      store: workspace.store,
      snapshot: await digestOf(workspace, ref),
      program,
      to: join(folder, system === 'windows' ? `${program}.exe` : program),
      system,
      ...(flags.arch !== undefined && { architecture: flags.arch }),
      ...(flags.mirror !== undefined && { mirror: parseMirror(flags.mirror) }),
      signal: io.interrupted,
      onProgress: bar.onProgress,
    });
    bar.clear();
    if (flags.json) return context.sayJson(done);
    context.say(texts.get.written(plainLine(done.path), sizeText(done.sizeBytes)));
    if (program !== 'oc') context.say(texts.release.pinned(done.pullspec));
  } finally {
    bar.clear();
  }
}
