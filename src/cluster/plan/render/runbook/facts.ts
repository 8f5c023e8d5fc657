import type { DnsRecord } from '../../derive/dns-record.ts';
import { downloadsOf, filesUrlOf, isLegacyBoot, liveFilesOf } from '../../derive/downloads.ts';
import { mirrorPrefixOf, registryOf, releaseImageOf } from '../../derive/images.ts';
import { nameServersOf } from '../../derive/kernel-line.ts';
import { becomesOf, installsOf, isSingleNode } from '../../derive/machines.ts';
import { type Opening, portsOf } from '../../derive/ports.ts';
import { hasEtcdRecords, recordsOf } from '../../derive/records.ts';
import { bootstrapOf, hostOf, mastersOf, type Node, type Plan, workersOf, zoneOf } from '../../model.ts';
import { installedAt } from '../engines/services.ts';
import type { Fragment } from '../formats/format.ts';
import { markdown } from '../formats/formats.ts';
import { manifestTexts, mirrorKindOf } from '../manifests.ts';

export type Line = Fragment<'Markdown'>;

/** What a runbook says in any language, ready to be put into it. */
export interface RunbookFacts {
  readonly plan: Plan;
  readonly zone: string;
  readonly version: string;
  readonly installedAt: string;
  readonly files: string;
  readonly registry: string;
  readonly mirror: string;
  readonly releaseImage: string;
  readonly console: string;
  readonly api: string;
  readonly isLegacy: boolean;
  readonly isSingle: boolean;
  readonly bootstrap: Node | undefined;
  readonly masters: readonly Node[];
  /** With the one that bootstrap becomes, which comes last. */
  readonly workers: readonly Node[];
  readonly becomes: Node | undefined;
  readonly hasManifests: boolean;
  readonly mirrorKind: string;
  /** `| name | role | address | disk | interface | file |` of every installation. */
  readonly nodeRows: readonly Line[];
  readonly hasSrv: boolean;
  /** A question to DNS in each line, with the answers behind it. */
  readonly questions: readonly Line[];
  /** Path and nodes of every download. */
  readonly downloadRows: readonly Line[];
  readonly openings: readonly Opening[];
  /** Addresses of the parties that the openings name, each as one text. */
  readonly parties: Readonly<Record<Opening['from'], Line>>;
}

export function runbookFacts(plan: Plan): RunbookFacts {
  const becomes = becomesOf(plan);
  const masters = mastersOf(plan);
  return {
    plan,
    zone: zoneOf(plan),
    version: plan.cluster.version.text,
    installedAt: installedAt(plan),
    files: filesUrlOf(plan),
    registry: registryOf(plan),
    mirror: mirrorPrefixOf(plan),
    releaseImage: releaseImageOf(plan),
    console: `https://console-openshift-console.${hostOf(plan, 'apps')}`,
    api: `https://${hostOf(plan, 'api')}:6443`,
    isLegacy: isLegacyBoot(plan),
    isSingle: isSingleNode(plan),
    bootstrap: bootstrapOf(plan),
    masters,
    workers: [...workersOf(plan), ...(becomes ? [becomes] : [])],
    becomes,
    hasManifests: manifestTexts(plan).size > 0,
    mirrorKind: mirrorKindOf(plan),
    nodeRows: installsOf(plan).map(
      (node) =>
        markdown`| ${hostOf(plan, node.name)} | ${node.role} | ${node.address} | ${node.disk} | ${node.interface} | boot/${node.name}.txt |`,
    ),
    hasSrv: hasEtcdRecords(plan),
    questions: questionsOf(plan),
    downloadRows: downloadsOf(plan).map(
      ({ path, nodes }) =>
        markdown`| ${filesUrlOf(plan)}/${path} | ${listed(nodes.map(({ name }) => name))} |`,
    ),
    openings: portsOf(plan),
    parties: partiesOf(plan, masters),
  };
}

/** One line for each question, with all its answers. */
function questionsOf(plan: Plan): readonly Line[] {
  const server = nameServersOf(plan)[0]!;
  const answers = new Map<string, { readonly ask: Line; readonly right: Line[] }>();
  for (const record of recordsOf(plan).zones.flatMap((zone) => zone.records)) {
    const asked = questionOf(record);
    if (asked === undefined) continue;
    const key = asked.ask.text;
    answers.set(key, { ask: asked.ask, right: [...(answers.get(key)?.right ?? []), asked.right] });
  }
  return [...answers.values()].map(
    ({ ask, right }) => markdown`dig +short @${server} ${ask}   # ${joined(right)}`,
  );
}

function questionOf(record: DnsRecord): { readonly ask: Line; readonly right: Line } | undefined {
  switch (record.type) {
    case 'A':
      // A wildcard is asked by a name below it.
      return { ask: markdown`${record.name.replace('*', 'any')}`, right: markdown`${record.address}` };
    case 'SRV':
      return {
        ask: markdown`-t SRV ${record.name}`,
        right: markdown`${record.priority} ${record.weight} ${record.port} ${record.target}.`,
      };
    case 'PTR':
      return { ask: markdown`-x ${addressOf(record.name)}`, right: markdown`${record.target}.` };
    default:
      return undefined;
  }
}

/** The address whose backward name this is. */
const addressOf = (name: string): string => name.replace('.in-addr.arpa', '').split('.').reverse().join('.');

function partiesOf(plan: Plan, masters: readonly Node[]): RunbookFacts['parties'] {
  const list = (addresses: readonly string[]) => listed([...new Set(addresses)]);
  const ingress = new Set(plan.balancer.ingressNodes);
  const nodes = installsOf(plan);
  return {
    nodes: list(nodes.map(({ address }) => address)),
    masters: list(masters.map(({ address }) => address)),
    bootstrap: list(nodes.filter(({ role }) => role === 'bootstrap').map(({ address }) => address)),
    ingress: list(nodes.filter(({ name }) => ingress.has(name)).map(({ address }) => address)),
    bastion: list([plan.bastion.address]),
    balancer: list([plan.balancer.apiAddress, plan.balancer.ingressAddress]),
    registry: list([plan.registry.address]),
    timeServers: list(plan.timeServers),
    clients: list([]),
  };
}

/** Words with commas between. */
export const listed = (values: readonly string[]): Line => markdown.words(values, ', ');

/** Names with their addresses. */
export const told = (nodes: readonly Node[]): Line =>
  joined(nodes.map(({ name, address }) => markdown`${name} ${address}`));

const joined = (lines: readonly Line[]): Line => ({
  format: 'Markdown',
  text: lines.map(({ text }) => text).join(', '),
});

/** The file whose presence proves that machines can boot over a network. */
export const liveRootfs = ({ plan }: RunbookFacts): string => liveFilesOf(plan).rootfs;
