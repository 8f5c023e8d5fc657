import type { ExpectedNode, Verdict } from './types.ts';

/** What a fetch is told to be, and the node that asked where its address is known. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly node?: string;
  readonly role?: string;
}

/** Who is expected to fetch what. */
export interface Expectations {
  readonly nodes: readonly ExpectedNode[];
  at(address: string): readonly ExpectedNode[];
  judge(address: string, path: string): Judgement;
}

const allows = (node: ExpectedNode, path: string) => node.paths.includes(path) || node.paths.includes('*');
const named = ({ node, role }: ExpectedNode) => ({ node, role });

/** Makes expectations ready for look-ups by address. */
export function createExpectations(nodes: readonly ExpectedNode[]): Expectations {
  const byAddress = Map.groupBy(nodes, ({ address }) => address);
  const at = (address: string) => byAddress.get(address) ?? [];
  return {
    nodes,
    at,
    judge(address, path) {
      if (nodes.length === 0) return { verdict: 'unjudged' };
      const own = at(address);
      const match = own.find((node) => allows(node, path));
      if (match) return { verdict: 'as-planned', ...named(match) };
      const [first] = own;
      if (!first) return { verdict: 'unknown-address' };
      const owners = nodes.filter((node) => node.paths.includes(path));
      if (owners.length === 0) return { verdict: 'unplanned-path', ...named(first) };
      const sameRole = owners.some(({ role }) => own.some((node) => node.role === role));
      return { verdict: sameRole ? 'wrong-node' : 'wrong-role', ...named(first) };
    },
  };
}
