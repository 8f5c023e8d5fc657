import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { BastionEvent } from '../../../cluster/steps/index.ts';
import type { Digest } from '../../../kernel/index.ts';
import type { Context, GlobalFlags } from '../../context.ts';
import { cliErrors } from '../../errors.ts';
import { type EventLines, eventLinesTo } from '../../output/event-lines.ts';
import { timeText } from '../../output/formats.ts';
import { styleFor } from '../../output/style.ts';
import { plainLine } from '../../output/width.ts';
import type { RunningBastionServer } from '../../program.ts';
import { resolveSnapshot } from '../../refs.ts';
import { choiceOf, collect, verb } from '../../verb.ts';

const services = ['dns', 'balancer', 'files', 'registry'] as const;

interface UpFlags extends GlobalFlags {
  readonly work?: string;
  readonly images?: string;
  readonly file?: readonly string[];
  readonly without?: readonly string[];
}

/** `holdfast cluster up <plan>` */
export function upCommand(context: Context): Command {
  const { texts } = context;
  const t = texts.cluster.up;
  return verb('up', t.about, context)
    .argument('<plan>', texts.cluster.plan)
    .option('--work <folder>', texts.cluster.work)
    .option('--images <folder>', t.images)
    .option('--file <path=link>', t.file, collect)
    .option('--without <service>', t.without(services.join(', ')), collect)
    .action((plan: string, flags: UpFlags) => up(context, plan, flags));
}

async function up(context: Context, plan: string, flags: UpFlags): Promise<void> {
  const { texts, io, program, language } = context;
  const t = texts.cluster.up;
  const without = new Set((flags.without ?? []).map((name) => choiceOf('--without', name, services)));
  const absolute = (path: string) => resolve(io.cwd, path);
  const files = await filesOf(context, flags);
  const lines = eventLinesTo(io.stdout, (count) =>
    flags.json ? JSON.stringify({ event: 'leftOut', lines: count }) : t.leftOut(count),
  );
  const server = await program.serveBastion(context.config(settingsOf(flags)), {
    plan: absolute(plan),
    files,
    ...(flags.work !== undefined && { work: absolute(flags.work) }),
    ...(flags.images !== undefined && { images: absolute(flags.images) }),
    without,
    language,
    expired: (at) => t.expired(timeText(at)),
    onEvent: (event) => tell(context, flags, lines, event),
  });
  if (flags.json) context.say(JSON.stringify({ event: 'ready', ...readyJson(server) }));
  else sayReady(context, server);
  if (!io.interrupted.aborted) await once(io.interrupted, 'abort');
  if (!flags.json) context.note(texts.serve.stopping);
  await server.stop();
}

/** Kept files that are to be served in the place of ones in the folder of images: their paths in the plan, and blobs. */
async function filesOf(context: Context, flags: UpFlags): Promise<ReadonlyMap<string, Digest>> {
  const wanted = (flags.file ?? []).map((text) => {
    const [, path, ref] = /^\/?([^=]+)=(.+)$/.exec(text) ?? [];
    if (path === undefined || ref === undefined) throw cliErrors.badFile({ value: text });
    return { path, ref };
  });
  if (wanted.length === 0) return new Map();
  return context.withWorkspace(flags, async (workspace) => {
    const readers = await workspace.readers();
    const found = new Map<string, Digest>();
    for (const { path, ref } of wanted) {
      const { id, digest } = await resolveSnapshot(workspace, ref);
      const reader = digest === null ? undefined : await readers.open(digest);
      const file = reader?.layers.find(({ role }) => role === 'file');
      if (!file) throw cliErrors.noFile({ snapshot: id });
      found.set(path, file.descriptor.digest);
    }
    return found;
  });
}

function readyJson({ cluster, bastion, address, registryAddress }: RunningBastionServer) {
  return {
    cluster,
    address,
    registryAddress: registryAddress ?? null,
    listening: bastion.listening,
    missing: bastion.missing,
  };
}

function sayReady({ texts, io, say }: Context, server: RunningBastionServer): void {
  const t = texts.cluster.up;
  const { bastion, cluster, address, registryAddress } = server;
  const style = styleFor(io.stdout, io.env);
  say(style.bold(t.ready(cluster)));
  for (const name of ['dns', 'balancer', 'files', 'stats'] as const)
    for (const { host, port } of bastion.listening[name] ?? []) say(`  ${t.services[name]} ${host}:${port}`);
  if (registryAddress !== undefined) say(`  ${t.services.registry} ${registryAddress}`);
  say(`  ${t.services.interface} ${address}`);
  for (const { path, file } of bastion.missing)
    say(style.warn(`  ${file === undefined ? t.noIgnition(path) : t.noFile(path, plainLine(file))}`));
  if (io.stdout.isTTY) say(texts.serve.stop);
}

/** One line for what somebody at the bastion wants to know at once. */
function tell({ texts }: Context, flags: UpFlags, { say }: EventLines, told: BastionEvent): void {
  if (flags.json) {
    if (told.service !== 'files' || told.event.kind !== 'progress')
      say(JSON.stringify({ service: told.service, ...told.event }));
    return;
  }
  const line = lineOf(texts.cluster.up, told);
  if (line !== undefined) say(`${timeText(line.at)}  ${plainLine(line.text)}`);
}

function lineOf(
  t: Context['texts']['cluster']['up'],
  told: BastionEvent,
): { readonly at: number; readonly text: string } | undefined {
  if (told.service === 'balancer') {
    const { event } = told;
    if (event.kind === 'health')
      return {
        at: event.at,
        text: t.health(event.backend, event.frontend, event.health, event.verdict.detail),
      };
    if (event.kind === 'drained')
      return { at: event.at, text: t.drained(event.backend, event.by === 'leaves') };
    if (event.kind === 'enabled') return { at: event.at, text: t.enabled(event.backend) };
    return { at: event.at, text: t.available(event.frontend, event.kind === 'available') };
  }
  if (told.service === 'dns' || told.event.kind === 'progress') return undefined;
  const { kind, fetch } = told.event;
  const { at, path, address, node, role, status, complete, verdict } = fetch;
  const who = node === undefined ? address : `${node} (${address})`;
  if (verdict !== 'as-planned' && verdict !== 'unjudged')
    return kind === 'ended'
      ? { at, text: t.stranger(who, path, t.verdicts[verdict], role ?? '') }
      : undefined;
  if (kind === 'began') return { at, text: t.fetching(who, path) };
  return { at, text: t.fetched(who, path, status, complete) };
}

function settingsOf(flags: UpFlags) {
  return {
    ...(flags.data !== undefined && { data: flags.data }),
    ...(flags.lang !== undefined && { lang: flags.lang }),
  };
}
