import type { InstallView } from '../../cluster/steps/index.ts';
import type { FilesState, NodeFetchState } from '../../services/files/index.ts';
import type { BastionView, QuestionView } from './bastion-view.ts';
import type { ClusterView } from './cluster-view.ts';
import { isoTimeOrNull, plainLine } from './plain-line.ts';
import type { ClusterFacts } from './types.ts';

type NodeView = ClusterView['nodes'][number];
type InstallNode = InstallView['nodes'][number];

/** The machines of a cluster: how far the installation has seen them, and what the bastion sees of each right now. */
export function nodesView({ plan, install, bastion }: ClusterFacts, shown: BastionView | null): NodeView[] {
  if (!plan || !install) return [];
  const bootstrap = plan.nodes.find(({ role }) => role === 'bootstrap');
  const first = bootstrap?.name;
  const last = bootstrap?.becomes;
  const { questions = [] } = shown ?? {};
  return install.nodes.map((node) => {
    const files = filesOf(node.name, (shown && bastion?.files?.nodes) ?? []);
    // Two machines of the plan may be one: what is heard from its address is told of the one that it is now.
    const isOther = node.name === (bastion?.bootstrapLeft ? first : last) && last !== undefined;
    return {
      name: node.name,
      host: node.host,
      role: node.role,
      address: node.address,
      was: node.name === last ? (first ?? null) : null,
      ...furthest(node, isOther ? [] : files),
      files: isOther ? [] : files,
      lastQuestion: isOther ? null : lastOf(node.address, questions),
    };
  });
}

const lastOf = (address: string, questions: readonly QuestionView[]) =>
  questions.find(({ client }) => client === address) ?? null;

function filesOf(name: string, rows: FilesState['nodes']): NodeView['files'] {
  return rows
    .filter(({ node, path }) => node === name && !path.endsWith('.ipxe'))
    .map(({ path, state, sentBytes, sizeBytes, at }: NodeFetchState) => ({
      path: plainLine(path),
      kind: path.endsWith('.ign') ? ('ignition' as const) : ('image' as const),
      state,
      sentBytes,
      sizeBytes: sizeBytes ?? null,
      at: isoTimeOrNull(at),
    }));
}

/** The journal is as new as its last look, and is not written before an installation was begun; the bastion sees each fetch. */
function furthest(
  { state, since }: InstallNode,
  files: NodeView['files'],
): Pick<NodeView, 'state' | 'since'> {
  const has = (kind: 'ignition' | 'image', states: readonly string[]) =>
    files.find((it) => it.kind === kind && states.includes(it.state));
  const told = { state, since: isoTimeOrNull(since) };
  if (state !== 'awaited' && state !== 'installing') return told;
  const ignition = has('ignition', ['done']);
  if (ignition) return { state: 'booting', since: ignition.at };
  const image = has('image', ['fetching', 'done', 'broken']);
  return state === 'awaited' && image ? { state: 'installing', since: image.at } : told;
}
