import { planErrors } from '../../errors.ts';
import { findBlock } from '../../ipv4.ts';
import type { Path } from '../../issue.ts';
import type { Rule } from '../rule.ts';

const docs = 'modules/installation-configuration-parameters.adoc';
const hostPrefixPath: Path = ['networks', 'pods', 'hostPrefix'];
const cidrPath: Path = ['networks', 'pods', 'cidr'];

/** Pods that a node takes unless it is told otherwise. */
const podsOfNode = 250;
/** The network's own address, its broadcast and the node's gateway. */
const taken = 3;

/** Rules on how the network of pods is cut up among nodes. */
export const podRules: readonly Rule[] = [
  {
    name: 'the part of a node is smaller than the network of pods',
    severity: 'error',
    docs,
    *find({ plan: { networks } }) {
      const { cidr, hostPrefix } = networks.pods;
      const block = findBlock(cidr);
      if (!block || hostPrefix >= block.prefix) return;
      const error = planErrors.hostPrefixTooShort({ hostPrefix, cidr });
      yield { error, path: hostPrefixPath, contradicts: cidrPath };
    },
  },
  {
    name: 'the part of a node has room for any pod',
    severity: 'error',
    docs,
    *find({ plan: { networks } }) {
      const { hostPrefix } = networks.pods;
      if (hostPrefix > 29)
        yield { error: planErrors.hostPrefixTooLong({ hostPrefix }), path: hostPrefixPath };
    },
  },
  {
    name: 'the part of a node has room for the pods that it takes',
    severity: 'warning',
    docs,
    *find({ plan: { networks } }) {
      const { hostPrefix } = networks.pods;
      const pods = 2 ** (32 - hostPrefix) - taken;
      if (hostPrefix > 29 || pods >= podsOfNode) return;
      yield { error: planErrors.fewPods({ hostPrefix, pods, wanted: podsOfNode }), path: hostPrefixPath };
    },
  },
  {
    name: 'the network of pods has a part for each node',
    severity: 'error',
    docs,
    *find({ plan: { networks, nodes } }) {
      const { cidr, hostPrefix } = networks.pods;
      const block = findBlock(cidr);
      const wanted = nodes.filter((node) => node.role !== 'bootstrap' || node.becomes !== undefined).length;
      if (!block || hostPrefix < block.prefix) return;
      const parts = 2 ** (hostPrefix - block.prefix);
      if (parts < wanted)
        yield {
          error: planErrors.fewNodes({ cidr, hostPrefix, parts, nodes: wanted }),
          path: cidrPath,
          contradicts: ['nodes'],
        };
    },
  },
];
