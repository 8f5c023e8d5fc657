import { becomesOf, bootstrapOf, hostOf, mastersOf } from '../../plan/index.ts';
import { conditionOf, isTrue, type KubeOperator } from '../kube/index.ts';
import { away } from './looks-boot.ts';
import { allWorkersOf, fetchOf, ignitionFileOf, stateOf } from './machines.ts';
import type { LookAt } from './scene.ts';
import { type Told, told } from './told.ts';

const shortest = (text: string) => text.slice(0, 300);

/** Every worker was begun with: it fetched its file, or it is a node. */
export const workers: LookAt = async (scene) => {
  const { plan, nodes, fetches, journal } = scene;
  const all = allWorkersOf(plan);
  if (all.length === 0) return { done: true, evidence: [told('noWorkers')] };
  const joined = new Set(nodes?.map((it) => it.metadata.name));
  const missing = all.filter(
    (node) =>
      !joined.has(hostOf(plan, node.name)) &&
      !(fetchOf(plan, node, fetches) && stateOf(plan, node, scene, journal) !== 'awaited'),
  );
  const named = (list: typeof all) => list.map(({ name }) => name).join(', ');
  if (missing.length === 0) return { done: true, evidence: [told('workersSeen', { nodes: named(all) })] };
  const first = missing[0]!;
  const about = { node: first.name, address: first.address, file: ignitionFileOf(plan, first) };
  const isLast = first.name === becomesOf(plan)?.name;
  return {
    done: false,
    waitsFor: [told('workersAwaited', { nodes: named(missing) }), ...away(scene)],
    next: isLast
      ? told('reimageNext', { ...about, bootstrap: bootstrapOf(plan)!.name })
      : told('bootNext', about),
  };
};

/** Every planned node is there and ready, which takes its certificates. */
export const approvals: LookAt = async (scene) => {
  const { plan, nodes, journal } = scene;
  const planned = [...mastersOf(plan), ...allWorkersOf(plan)];
  const byName = new Map(nodes?.map((it) => [it.metadata.name, it]));
  const missing = planned.filter(({ name }) => !byName.has(hostOf(plan, name)));
  const unready = planned.flatMap(({ name }) => {
    const node = byName.get(hostOf(plan, name));
    if (!node || isTrue(node, 'Ready')) return [];
    const { reason = '', message = '' } = conditionOf(node, 'Ready') ?? {};
    return [told('nodeNotReady', { node: name, detail: shortest(message || reason) })];
  });
  if (nodes && missing.length === 0 && unready.length === 0)
    return { done: true, evidence: [told('nodesReady', { count: planned.length })] };
  const hosts = new Set(planned.map(({ name }) => hostOf(plan, name)));
  const left = journal.left
    .filter(({ detail }) => [...hosts].some((host) => detail.includes(host)))
    .slice(-3)
    .map(({ request, reason, detail }) => told('requestLeft', { request, reason, detail: shortest(detail) }));
  const waitsFor: Told[] = missing.length
    ? [told('nodesAwaited', { nodes: missing.map(({ name }) => name).join(', ') })]
    : [];
  return { done: false, waitsFor: [...waitsFor, ...unready, ...left, ...away(scene)] };
};

/** An operator that does what it is for. */
export const isUp = (operator: KubeOperator): boolean =>
  isTrue(operator, 'Available') && !isTrue(operator, 'Degraded');

/** The cluster's version is installed, and its operators do what they are for. */
export const operators: LookAt = async (scene) => {
  const { api, nodes, options, journal } = scene;
  const total = journal.operators?.total ?? 0;
  if (!api || !nodes)
    return { done: false, waitsFor: [told('operatorsAwaited', { available: 0, total }), ...away(scene)] };
  const signal = options.signal ? { signal: options.signal } : {};
  const all = await api.operators(signal);
  const version = await api.version(signal);
  const down = all.filter((it) => !isUp(it));
  journal.operators = { available: all.length - down.length, total: all.length };
  const name = version?.status?.desired?.version ?? '';
  if (version && isTrue(version, 'Available') && !isTrue(version, 'Progressing') && down.length === 0)
    return { done: true, evidence: [told('operatorsUp', { total: all.length, version: name })] };
  const progress = conditionOf(version ?? {}, 'Progressing')?.message ?? '';
  return {
    done: false,
    waitsFor: [
      told('operatorsAwaited', { available: all.length - down.length, total: all.length }),
      ...(progress === '' ? [] : [told('versionProgress', { detail: shortest(progress) })]),
      ...down.slice(0, 5).map((it) => {
        const worst = isTrue(it, 'Degraded') ? conditionOf(it, 'Degraded') : conditionOf(it, 'Available');
        const detail = shortest(worst?.message || worst?.reason || '');
        return told('operatorAwaited', { operator: it.metadata.name, detail });
      }),
    ],
  };
};

/** Who installed it can go to the console. */
export const handover: LookAt = async ({ api, journal, options }) => {
  const address = await api?.console(options.signal ? { signal: options.signal } : {});
  if (address === undefined) return { done: false, waitsFor: [told('consoleAwaited')] };
  journal.console = address;
  return {
    done: true,
    evidence: [told('handedOver', { console: address, kubeconfig: journal.kubeconfig ?? '' })],
  };
};
