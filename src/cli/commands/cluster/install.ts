import type { Command } from 'commander';
import type { InstallEvent, InstallPorts, Look } from '../../../cluster/steps/index.ts';
import { localizeError } from '../../../texts/index.ts';
import {
  type ClusterPlace,
  findRelease,
  inputsOf,
  openPlace,
  type ProgramFlags,
} from '../../cluster-place.ts';
import type { Context } from '../../context.ts';
import { eventLines, viewLines } from '../../install-lines.ts';
import { plainJson } from '../../output/for-terminal.ts';
import { preflightOf } from '../../preflight-of.ts';
import { verb } from '../../verb.ts';
import { createLiveLines } from '../../wait/live-lines.ts';
import { withProgramOptions } from './ignition.ts';

interface Flags extends ProgramFlags {
  readonly skipPreflight?: boolean;
}

/** `holdfast cluster install <plan>` */
export function installCommand(context: Context): Command {
  const { texts } = context;
  const t = texts.cluster.install;
  return withProgramOptions(verb('install', t.about, context), context)
    .argument('<plan>', texts.cluster.plan)
    .option('--skip-preflight', t.skipPreflight)
    .action((file: string, flags: Flags) => install(context, file, flags));
}

async function install(context: Context, file: string, flags: Flags): Promise<void> {
  const { io, say, note, texts } = context;
  const { findJournal, runInstall, viewOf, createIgnition } = await import('../../../cluster/steps/index.ts');
  const { systemClock } = await import('../../../kernel/index.ts');
  const place = await openPlace(context, file, flags);
  const { plan, work } = place;
  const live = createLiveLines(io.stderr);
  const ignition = createIgnition(work, systemClock);
  let ended = false;
  const onEvent = (event: InstallEvent) => {
    // One event a line, so that a program can follow.
    if (flags.json) return say(plainJson(event));
    live.above(() => {
      for (const line of eventLines(context, event)) say(line);
    });
    void Promise.all([findJournal(work.journal), ignition.current()]).then(
      ([journal, current]) => {
        if (!ended) live.draw(viewLines(context, viewOf(plan, journal, current, systemClock.now())));
      },
      () => undefined,
    );
  };
  try {
    const view = await runInstall({
      plan,
      work,
      ports: await portsOf(context, place, flags),
      clock: systemClock,
      signal: io.interrupted,
      skipPreflight: flags.skipPreflight ?? false,
      onEvent,
    });
    ended = true;
    live.clear();
    if (flags.json) return say(plainJson({ kind: 'view', ...view }));
    for (const line of viewLines(context, view)) say(line);
  } finally {
    ended = true;
    live.clear();
    if (io.interrupted.aborted) note(texts.cluster.install.goOn);
  }
}

/** What stands around an installation at this bastion. */
async function portsOf(context: Context, place: ClusterPlace, flags: Flags): Promise<InstallPorts> {
  const { bastionServices, connectTo, createIgnition, told } = await import(
    '../../../cluster/steps/index.ts'
  );
  const { registryOf } = await import('../../../cluster/plan/index.ts');
  const { systemClock } = await import('../../../kernel/index.ts');
  const { plan, work } = place;
  const ignition = createIgnition(work, systemClock);
  const release = plan.cluster.version.text;
  return {
    mirror: {
      async look(): Promise<Look> {
        if (plan.bastion.serves.registry === 'external')
          return { done: true, evidence: [told('mirrorElsewhere', { registry: registryOf(plan) })] };
        const kept = await context.withWorkspace(flags, (workspace) => findRelease(workspace, plan));
        const images = kept?.evidence.find(({ code }) => code === 'releaseMirrored')?.details.components;
        if (kept)
          return {
            done: true,
            evidence: [told('releaseMirrored', { release, images: Number(images ?? 0) })],
          };
        const image = `quay.io/openshift-release-dev/ocp-release:${release}-${plan.cluster.architecture}`;
        return {
          done: false,
          waitsFor: [told('releaseMissing', { release })],
          next: told('mirrorNext', { image }),
        };
      },
    },
    services: bastionServices(plan, work.path),
    preflight: { look: preflightLook(context, place, flags) },
    ignition: {
      async ensure(options) {
        const inputs = await inputsOf(context, place, flags, options?.onProgress);
        return (await ignition.ensure(inputs, options)).generation;
      },
      current: ignition.current,
    },
    connect: (kubeconfig) => connectTo(plan, kubeconfig),
  };
}

/** How long what preflight found is told again before it looks once more; an installation asks every few seconds. */
const lookAgainMs = 15_000;

/** Preflight as a step: it looks again by itself until nothing is red. */
function preflightLook(
  context: Context,
  place: ClusterPlace,
  flags: Flags,
): InstallPorts['preflight']['look'] {
  let last: { readonly look: Look; readonly at: number } | undefined;
  return async (options) => {
    if (last && !last.look.done && performance.now() - last.at < lookAgainMs) return last.look;
    const { lookAtPreflight } = await import('../../../cluster/steps/index.ts');
    const report = await preflightOf(context, place, flags, options);
    const look = lookAtPreflight(report, ({ finding }) => localizeError(finding, context.language).message);
    last = { look, at: performance.now() };
    return look;
  };
}
