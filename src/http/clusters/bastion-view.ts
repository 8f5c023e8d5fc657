import type { z } from '@hono/zod-openapi';
import type { BastionState } from '../../cluster/steps/index.ts';
import { type Language, lbTexts } from '../../texts/index.ts';
import type { cluster } from '../schema/clusters.ts';
import { isoTime, plainLine } from './plain-line.ts';
import type { ClusterFacts } from './types.ts';

export type BastionView = NonNullable<z.infer<typeof cluster>['bastion']>;
export type QuestionView = BastionView['questions'][number];

const questionsShown = 50;
const strangersShown = 50;
/** By then a balancer has checked everybody: who went down later was up before. */
const firstChecksMs = 60_000;
const services = ['dns', 'balancer', 'files', 'stats'] as const;

/** What a bastion does; null where none answers, or where one of another version says what is not understood. */
export function bastionView(
  { bastion, bastionIsHere, plan }: ClusterFacts,
  language: Language,
): BastionView | null {
  if (!bastion) return null;
  const nodes = new Map((plan?.nodes ?? []).map(({ address, name }) => [address, name]));
  try {
    return {
      startedAt: isoTime(bastion.startedAt),
      here: bastionIsHere,
      listening: services.flatMap((service) => {
        const at = bastion.listening[service];
        return at ? [{ service, addresses: at.map(({ host, port }) => `${host}:${port}`) }] : [];
      }),
      frontends: (bastion.balancer?.frontends ?? []).map((it) =>
        frontendView(it, bastion.balancer!.startedAt, language),
      ),
      bootstrapLeft: bastion.bootstrapLeft,
      strangers: strangersOf(bastion),
      missing: bastion.missing.map(({ path, file }) => ({ path: plainLine(path), file: file ?? null })),
      questions: (bastion.queries ?? []).slice(0, questionsShown).map((it) => ({
        at: isoTime(it.atMs),
        client: plainLine(it.client, 60),
        node: nodes.get(it.client) ?? null,
        name: plainLine(it.name, 255),
        type: plainLine(it.type, 20),
        rcode: plainLine(it.rcode, 20),
      })),
    };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

type FrontendState = NonNullable<BastionState['balancer']>['frontends'][number];

function frontendView(
  { name, listen, available, connections, backends }: FrontendState,
  startedAt: number,
  language: Language,
): BastionView['frontends'][number] {
  const { reasons } = lbTexts(language);
  return {
    name,
    host: listen.host,
    port: listen.port,
    available,
    connections,
    backends: backends.map((it) => ({
      name: it.name,
      address: it.address,
      health: it.health === 'down' && it.since - startedAt < firstChecksMs ? 'awaited' : it.health,
      since: isoTime(it.since),
      drained: it.drained,
      sessions: it.sessions,
      detail: it.lastVerdict
        ? plainLine(`${reasons[it.lastVerdict.reason]} ${it.lastVerdict.detail}`.trim(), 150)
        : '',
    })),
  };
}

function strangersOf({ files }: BastionState): BastionView['strangers'] {
  return (files?.strangers ?? []).slice(0, strangersShown).flatMap(({ verdict, ...it }) =>
    verdict === 'as-planned' || verdict === 'unjudged'
      ? []
      : [
          {
            address: plainLine(it.address, 60),
            path: plainLine(it.path),
            verdict,
            node: it.node ?? null,
            times: it.times,
            at: isoTime(it.at),
          },
        ],
  );
}
