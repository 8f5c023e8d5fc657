import type { z } from '@hono/zod-openapi';
import type { InstallView } from '../../cluster/steps/index.ts';
import { type Language, localizeError, localizeTold } from '../../texts/index.ts';
import type { cluster, clusterList } from '../schema/clusters.ts';
import { bastionView } from './bastion-view.ts';
import { nodesView } from './nodes-view.ts';
import { isoTime, isoTimeOrNull, plainLine } from './plain-line.ts';
import type { ClusterFacts } from './types.ts';

export type ClusterView = z.infer<typeof cluster>;
type Summary = z.infer<typeof clusterList>['clusters'][number];

const shownAtMost = 100;

/** A cluster as a line of the list. */
export function summaryView(facts: ClusterFacts, language: Language): Summary {
  const { install } = facts;
  const bastion = bastionView(facts, language);
  const nodes = nodesView(facts, bastion).filter(({ role }) => role !== 'bootstrap');
  return {
    ...common(facts, language),
    doneSteps: install?.steps.filter(({ state }) => state === 'done').length ?? 0,
    nodes: nodes.length,
    readyNodes: nodes.filter(({ state }) => state === 'ready').length,
    bastion: bastion !== null,
  };
}

/** A cluster as its page shows it; every text that strangers may have had a hand in is one line without hidden characters. */
export function clusterView(facts: ClusterFacts, language: Language): ClusterView {
  const { plan, install } = facts;
  const bastion = bastionView(facts, language);
  const say = (it: InstallView['steps'][number]['waitsFor'][number]) => ({
    code: it.code,
    text: plainLine(localizeTold(it, language), 1_000),
  });
  return {
    ...common(facts, language),
    plan: plan
      ? {
          rhcos: plan.rhcos.version.text,
          architecture: plan.cluster.architecture,
          network: plan.networks.machine,
          bastion: plan.bastion.address,
          registry: `${plan.registry.host}:${plan.registry.port}`,
          serves: { ...plan.bastion.serves },
        }
      : null,
    startedAt: isoTimeOrNull(install?.startedAt),
    finishedAt: isoTimeOrNull(install?.finishedAt),
    steps: (install?.steps ?? []).map(({ id, state, since, doneAt, limitMs, late, ...step }) => ({
      id,
      state,
      since: isoTimeOrNull(since),
      doneAt: isoTimeOrNull(doneAt),
      evidence: step.evidence.slice(0, shownAtMost).map(say),
      waitsFor: step.waitsFor.slice(0, shownAtMost).map(say),
      next: step.next && say(step.next),
      limitMs,
      late,
    })),
    nodes: nodesView(facts, bastion),
    operators: install?.operators ? { ...install.operators } : null,
    approved: newest(install?.approved).map((it) => ({
      at: isoTime(it.at),
      request: plainLine(it.request),
      host: plainLine(it.host),
      usage: it.usage,
    })),
    left: newest(install?.left).map((it) => ({
      at: isoTime(it.at),
      request: plainLine(it.request),
      text: say({
        code: 'requestLeft',
        details: { request: it.request, reason: it.reason, detail: it.detail },
      }).text,
    })),
    warnings: newest(install?.warnings).map((it) => ({ at: isoTime(it.at), ...say(it) })),
    kubeconfig: install?.kubeconfig ?? null,
    console: httpsOnly(install?.console),
    generations: newest(facts.generations).map(({ id, createdAt, expiresAt, freshness }) => ({
      id,
      freshness,
      createdAt: isoTime(createdAt),
      expiresAt: isoTime(expiresAt),
      current: install?.certificates?.generation === id,
    })),
    bastion,
  };
}

function common({ zone, at, install, plan, faults }: ClusterFacts, language: Language) {
  const { certificates } = install ?? {};
  return {
    zone,
    at: isoTime(at),
    version: plan?.cluster.version.text ?? null,
    state: install?.state ?? null,
    active: install?.active ?? null,
    certificates: certificates
      ? {
          generation: certificates.generation,
          freshness: certificates.freshness,
          createdAt: isoTime(certificates.createdAt),
          useBy: isoTime(certificates.useBy),
          expiresAt: isoTime(certificates.expiresAt),
        }
      : null,
    faults: faults.map((error) => {
      const { message, hint } = localizeError(error, language);
      return { code: error.code, text: plainLine(message, 1_000), hint: hint ?? null };
    }),
  };
}

const newest = <T>(list: readonly T[] = []): readonly T[] => list.slice(-shownAtMost).reverse();

/** The address of the console comes from the cluster: nothing but https may become a link. */
function httpsOnly(address: string | null | undefined): string | null {
  if (!address) return null;
  const url = URL.parse(address);
  return url?.protocol === 'https:' && url.username === '' ? url.href : null;
}
