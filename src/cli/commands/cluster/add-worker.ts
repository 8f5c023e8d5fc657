import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ClusterApi } from '../../../cluster/steps/index.ts';
import { localizeTold } from '../../../texts/index.ts';
import { type ClusterPlace, openPlace, type PlaceFlags } from '../../cluster-place.ts';
import type { Context } from '../../context.ts';
import { eventLines } from '../../install-lines.ts';
import { plainJson } from '../../output/for-terminal.ts';
import { verb } from '../../verb.ts';

export interface KubeFlags extends PlaceFlags {
  readonly kubeconfig?: string;
}

interface Flags extends KubeFlags {
  readonly once?: boolean;
}

const pollMs = 5000;

/** `holdfast cluster add-worker <plan> <node>` */
export function addWorkerCommand(context: Context): Command {
  const { texts } = context;
  const t = texts.cluster.addWorker;
  return verb('add-worker', t.about, context)
    .argument('<plan>', texts.cluster.plan)
    .argument('<node>', t.node)
    .option('--work <folder>', texts.cluster.work)
    .option('--kubeconfig <file>', t.kubeconfig)
    .option('--once', t.once)
    .action((file: string, node: string, flags: Flags) => addWorker(context, file, node, flags));
}

/** The API of the plan's cluster, by the kubeconfig that was named or the installation's; throws `cluster.notInstalled`. */
export async function apiOf(
  { io }: Context,
  { plan, work }: ClusterPlace,
  flags: KubeFlags,
): Promise<ClusterApi> {
  const { connectTo, findJournal, stepsErrors } = await import('../../../cluster/steps/index.ts');
  const { zoneOf } = await import('../../../cluster/plan/index.ts');
  const kubeconfig =
    flags.kubeconfig === undefined
      ? (await findJournal(work.journal))?.kubeconfig
      : resolve(io.cwd, flags.kubeconfig);
  if (!kubeconfig) throw stepsErrors.notInstalled({ zone: zoneOf(plan) });
  return connectTo(plan, kubeconfig);
}

async function addWorker(context: Context, file: string, name: string, flags: Flags): Promise<void> {
  const { io, say, note, texts, language } = context;
  const t = texts.cluster.addWorker;
  const { approvePlanned, pause, stepsErrors, told } = await import('../../../cluster/steps/index.ts');
  const { installsOf, kernelLineOf } = await import('../../../cluster/plan/index.ts');
  const { systemClock } = await import('../../../kernel/index.ts');
  const place = await openPlace(context, file, flags);
  const node = installsOf(place.plan).find((it) => it.name === name && it.role === 'worker');
  if (!node) throw stepsErrors.noSuchWorker({ node: name.slice(0, 100) });
  if (!flags.json) {
    say(t.boot(name));
    say(kernelLineOf(place.plan, node));
  }
  const api = await apiOf(context, place, flags);
  const seen = new Set<string>();
  let isMissing: boolean | undefined;
  try {
    for (;;) {
      const round = await approvePlanned(place.plan, api, systemClock, io.interrupted);
      const events = [
        ...round.approved.map((it) => ({ ...it, kind: 'approved' as const })),
        ...round.left.map((it) => ({ ...it, kind: 'left' as const })),
      ].filter((it) => !seen.has(`${it.kind} ${it.request}`));
      for (const event of events) {
        seen.add(`${event.kind} ${event.request}`);
        for (const line of flags.json ? [plainJson(event)] : eventLines(context, event)) say(line);
      }
      const missing = round.missing.includes(name);
      if (!missing && !round.unready.includes(name)) {
        if (flags.json) say(plainJson({ kind: 'ready', node: name }));
        else say(t.ready(name));
        return;
      }
      if (isMissing !== missing && !flags.json)
        note(
          localizeTold(
            missing
              ? told('nodesAwaited', { nodes: name })
              : told('nodeNotReady', { node: name, detail: '' }),
            language,
          ),
        );
      isMissing = missing;
      if (flags.once) return;
      await pause(pollMs, io.interrupted);
    }
  } finally {
    api.close();
  }
}
