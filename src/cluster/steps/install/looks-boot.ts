import { bootstrapOf, hostOf, mastersOf, type Node } from '../../plan/index.ts';
import { isTrue } from '../kube/index.ts';
import { fetchOf, ignitionFileOf } from './machines.ts';
import type { LookAt, Scene } from './scene.ts';
import { type Told, told } from './told.ts';

const names = (nodes: readonly Node[]) => nodes.map(({ name }) => name).join(', ');

/** Why the API is away, to be told beside what else is waited for. */
export const away = ({ nodes, apiFault }: Scene): readonly Told[] =>
  nodes ? [] : [told('apiAway', { detail: apiFault })];

/** A fetch by somebody whom the plan does not have, or of what is not theirs: most often a mistyped line. */
function strangeFetches({ fetches, plan }: Scene): readonly Told[] {
  const strange = (fetches ?? []).filter((it) => !it.asPlanned && it.path.endsWith('.ign')).slice(-3);
  return strange.map(({ address, path }) => {
    const node = plan.nodes.find((it) => it.address === address)?.name ?? '?';
    return told('strangeFetch', { address, path, node });
  });
}

/** The first machine: bootstrap, or the single node that needs none. */
export const bootstrap: LookAt = async (scene) => {
  const { plan, nodes, fetches, apiFault } = scene;
  const machine = bootstrapOf(plan) ?? mastersOf(plan)[0]!;
  const file = ignitionFileOf(plan, machine);
  const fetched = fetchOf(plan, machine, fetches);
  const seen = fetched
    ? [told('fetched', { node: machine.name, file, at: new Date(fetched.at).toISOString() })]
    : [];
  if (nodes) return { done: true, evidence: [...seen, told('apiUp')] };
  const about = { node: machine.name, address: machine.address, file };
  if (fetched || fetches === undefined)
    return {
      done: false,
      waitsFor: [...seen, told('apiAwaited', { detail: apiFault })],
      next: fetched ? told('apiNext', about) : told('bootNext', about),
    };
  return {
    done: false,
    waitsFor: [told('fetchAwaited', about), ...strangeFetches(scene)],
    next: told('bootNext', about),
  };
};

/** Every master is a node of the cluster. */
export const masters: LookAt = async (scene) => {
  const { plan, nodes } = scene;
  const joined = new Set(nodes?.map((it) => it.metadata.name));
  const all = mastersOf(plan);
  const missing = all.filter(({ name }) => !joined.has(hostOf(plan, name)));
  if (missing.length === 0) return { done: true, evidence: [told('mastersSeen', { nodes: names(all) })] };
  const [first] = missing;
  const file = ignitionFileOf(plan, first!);
  return {
    done: false,
    waitsFor: [told('mastersAwaited', { nodes: names(missing) }), ...away(scene), ...strangeFetches(scene)],
    next: told('bootNext', { node: names(missing), address: first!.address, file }),
  };
};

/** bootkube has handed the control plane over. */
export const complete: LookAt = async (scene) => {
  const { plan, nodes, bootstrapIsComplete } = scene;
  const machine = bootstrapOf(plan) ?? mastersOf(plan)[0]!;
  if (bootstrapIsComplete) return { done: true, evidence: [told('bootstrapDone', { node: machine.name })] };
  const hosts = new Set(mastersOf(plan).map(({ name }) => hostOf(plan, name)));
  const ready = (nodes ?? []).filter((it) => hosts.has(it.metadata.name) && isTrue(it, 'Ready')).length;
  return {
    done: false,
    waitsFor: [told('bootstrapAwaited', { ready, masters: hosts.size }), ...away(scene)],
    next: told('bootstrapNext', { address: machine.address }),
  };
};

/** Bootstrap takes no traffic any more. */
export const drain: LookAt = async ({ plan, ports, options }) => {
  const machine = bootstrapOf(plan);
  if (!machine) return { done: true, evidence: [told('nothingToDrain')] };
  return ports.services.drain(machine.name, options);
};
