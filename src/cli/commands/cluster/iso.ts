import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { NodeIsoWay } from '../../../cluster/media/index.ts';
import type { Node } from '../../../cluster/plan/index.ts';
import type { SoundPlan } from '../../../cluster/steps/index.ts';
import type { Context, GlobalFlags } from '../../context.ts';
import { cliErrors } from '../../errors.ts';
import { plainLine } from '../../output/width.ts';
import { collect, verb } from '../../verb.ts';
import { createCarryBar } from '../../wait/carry-bar.ts';

interface Flags extends GlobalFlags {
  readonly iso?: string;
  readonly to?: string;
  readonly node?: readonly string[];
}

interface Made {
  readonly node: string;
  readonly role: string;
  readonly address: string;
  readonly file: string;
  readonly way: NodeIsoWay;
  readonly kernelArguments: readonly string[];
}

/** `holdfast cluster iso <plan> --to <folder>` */
export function isoCommand(context: Context): Command {
  const { texts } = context;
  const t = texts.cluster.iso;
  return verb('iso', t.about, context)
    .argument('<plan>', texts.cluster.plan)
    .option('--to <folder>', t.to)
    .option('--iso <file>', t.iso)
    .option('--node <name>', t.node, collect)
    .action((file: string, flags: Flags) => makeIsos(context, file, flags));
}

async function makeIsos(context: Context, file: string, flags: Flags): Promise<void> {
  const { io, say, note, sayJson, texts } = context;
  const { loadPlan } = await import('../../../cluster/steps/index.ts');
  const { to } = flags;
  if (to === undefined) throw cliErrors.missingArgument({ argument: '--to', command: 'cluster iso' });
  const read = await loadPlan(resolve(io.cwd, file));
  const source = sourceOf(context, read, flags);
  const { installsOf } = await import('../../../cluster/plan/index.ts');
  const nodes = chosen(installsOf(read.plan), flags.node);
  const folder = resolve(io.cwd, to);
  await mkdir(folder, { recursive: true });
  const images: Made[] = [];
  for (const node of nodes) images.push(await makeOne(context, read, node, source, folder));
  if (flags.json) return sayJson({ images });
  for (const { node, way, file: made } of images)
    say(`${node}  ${plainLine(made)}  ${texts.cluster.iso.ways[way]}`);
  note(texts.cluster.iso.next);
}

function sourceOf({ io }: Context, { plan, folder }: SoundPlan, { iso }: Flags): string {
  if (iso !== undefined) return resolve(io.cwd, iso);
  if (plan.rhcos.iso !== undefined) return resolve(folder, plan.rhcos.iso);
  throw cliErrors.missingArgument({ argument: '--iso', command: 'cluster iso' });
}

function chosen(nodes: readonly Node[], names: readonly string[] | undefined): readonly Node[] {
  if (names === undefined) return nodes;
  return names.map((name) => {
    const node = nodes.find((one) => one.name === name);
    if (node) return node;
    const choices = nodes.map((one) => one.name).join(', ');
    throw cliErrors.badChoice({ option: '--node', value: name, choices });
  });
}

async function makeOne(
  context: Context,
  { plan }: SoundPlan,
  node: Node,
  source: string,
  folder: string,
): Promise<Made> {
  const { kernelLineOf } = await import('../../../cluster/plan/index.ts');
  const { nodeIso } = await import('../../../cluster/media/index.ts');
  const kernelArguments = kernelLineOf(plan, node).split(' ');
  const target = join(folder, `${node.name}.iso`);
  const bar = createCarryBar(context, node.name);
  try {
    const way = await nodeIso({
      source,
      target,
      title: `${node.name} ${node.role}`,
      kernelArguments,
      signal: context.io.interrupted,
      onProgress: (progress) =>
        bar.onProgress({ ...progress, bytesPerSecond: progress.perSecond ?? 0, current: '' }),
    });
    const { name, role, address } = node;
    return { node: name, role, address, file: target, way, kernelArguments };
  } finally {
    bar.clear();
  }
}
