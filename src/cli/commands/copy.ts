import type { Command } from 'commander';
import type { CopiedOut } from '../../capture/index.ts';
import { type ImagePlace, isPlace, parsePlace } from '../../images/index.ts';
import type { Snapshot } from '../../links/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { cliErrors } from '../errors.ts';
import { installationOf, tellInstallation } from '../installation.ts';
import { sizeText } from '../output/formats.ts';
import { plainLine } from '../output/width.ts';
import type { CopyRequest, Workspace } from '../program.ts';
import { readText } from '../read-text.ts';
import { resolveSnapshot } from '../refs.ts';
import { collect, verb } from '../verb.ts';
import { createCarryBar } from '../wait/carry-bar.ts';

interface Flags extends GlobalFlags {
  readonly authfile?: string;
  readonly plainHttp?: boolean;
  readonly ca?: string;
  readonly fromPlainHttp?: boolean;
  readonly fromCa?: string;
  readonly platform?: readonly string[];
}

/** `holdfast copy <link|snapshot|place> <place>` */
export function copyCommand(context: Context): Command {
  const t = context.texts.copy;
  return verb('copy', t.about, context)
    .argument('<source>', t.source)
    .argument('<target>', t.target)
    .option('--authfile <file>', t.authFile)
    .option('--plain-http', t.plainHttp)
    .option('--ca <file>', t.ca)
    .option('--from-plain-http', t.fromPlainHttp)
    .option('--from-ca <file>', t.fromCa)
    .option('--platform <os/arch>', t.platform, collect)
    .action((source: string, target: string, flags: Flags) => {
      const to = parsePlace(target);
      return context.withWorkspace(flags, (workspace) => copy(context, workspace, source, to, flags));
    });
}

async function copy(
  context: Context,
  workspace: Workspace,
  source: string,
  to: ImagePlace,
  flags: Flags,
): Promise<void> {
  const { io, texts } = context;
  const from = isPlace(source) ? parsePlace(source) : await keptSnapshot(workspace, source);
  const isDirect = 'text' in from && from.kind === 'registry';
  if (flags.platform && !isDirect) throw cliErrors.onlyFromRegistry({ option: '--platform' });
  const own = await registryFlags(context, flags.plainHttp, flags.ca);
  const other = await registryFlags(context, flags.fromPlainHttp, flags.fromCa);
  const bar = createCarryBar(context, texts.copy.bar);
  try {
    const copied = await workspace.transfer.copy({
      from,
      to,
      target: own,
      // Where only the source is a registry there is but one that the flags can be about.
      source: to.kind === 'registry' ? other : { ...own, ...other },
      ...(flags.platform && { platforms: flags.platform }),
      ...(flags.authfile !== undefined && { authFile: flags.authfile }),
      signal: io.interrupted,
      onProgress: bar.onProgress,
    });
    bar.clear();
    await tell(context, copied, source, to, flags.json ?? false);
  } finally {
    bar.clear();
    if (io.interrupted.aborted) context.note(texts.copy.goOn);
  }
}

async function keptSnapshot(workspace: Workspace, ref: string) {
  const snapshot: Snapshot = await resolveSnapshot(workspace, ref);
  const { digest, id, verdict, linkId } = snapshot;
  if (digest === null) throw cliErrors.noBytes({ snapshot: id, verdict, link: linkId });
  return { ...snapshot, digest };
}

async function registryFlags(
  { io }: Context,
  plainHttp: boolean | undefined,
  ca: string | undefined,
): Promise<CopyRequest['target']> {
  return { ...(plainHttp && { plainHttp }), ...(ca !== undefined && { ca: await readText(io, ca) }) };
}

async function tell(
  context: Context,
  copied: CopiedOut,
  source: string,
  to: ImagePlace,
  json: boolean,
): Promise<void> {
  const { texts, say, note } = context;
  const { images, release, refusedIndexes, sizeBytes, copiedBytes } = copied;
  const place = to.kind === 'registry' ? to.reference : undefined;
  const mirror = place && { registry: place.host, repository: place.repository };
  const next = release && mirror && (await installationOf(release, mirror));
  if (json)
    return context.sayJson({
      source,
      target: to.text,
      images: images.map(({ descriptor, tag }) => ({ digest: descriptor.digest, tag: tag ?? null })),
      sizeBytes,
      copiedBytes,
      refusedIndexes: refusedIndexes.map(({ descriptor }) => descriptor.digest),
      ...(next && { installation: next }),
    });
  say(texts.copy.done(plainLine(to.text), images.length, sizeText(sizeBytes), sizeText(copiedBytes)));
  for (const { descriptor } of refusedIndexes) note(texts.copy.refused(descriptor.digest));
  if (next) tellInstallation(context, next);
}
