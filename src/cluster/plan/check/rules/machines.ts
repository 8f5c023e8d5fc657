import { planErrors } from '../../errors.ts';
import type { Path } from '../../issue.ts';
import { bootstrapOf, mastersOf, type Plan, workersOf } from '../../model.ts';
import type { Rule } from '../rule.ts';

const requirements = 'modules/installation-minimum-resource-requirements.adoc';
const threeNode = 'modules/installation-three-node-cluster.adoc';
const singleNode = 'modules/install-sno-requirements-for-installing-on-a-single-node.adoc';
const ingress = 'modules/installation-load-balancing-user-infra.adoc';
const nodesPath: Path = ['nodes'];

const countOf = (plan: Plan): number => mastersOf(plan).length;
const firstMaster = (plan: Plan): Path => ['nodes', plan.nodes.findIndex((node) => node.role === 'master')];

/** Rules on how many machines there are and what they are. */
export const machineRules: readonly Rule[] = [
  {
    name: 'there are three masters, or one',
    severity: 'error',
    docs: requirements,
    *find({ plan }) {
      const count = countOf(plan);
      if (count !== 3 && count !== 1) yield { error: planErrors.mastersCount({ count }), path: nodesPath };
    },
  },
  {
    name: 'a single master needs a version that can',
    severity: 'error',
    until: '4.7',
    docs: singleNode,
    *find({ plan }) {
      if (countOf(plan) !== 1) return;
      const error = planErrors.singleTooOld({ version: plan.cluster.version.text });
      yield { error, path: firstMaster(plan), contradicts: ['cluster', 'version'] };
    },
  },
  {
    name: 'a single master needs OVN-Kubernetes',
    severity: 'error',
    since: '4.8',
    docs: singleNode,
    *find({ plan }) {
      if (countOf(plan) !== 1 || plan.networks.type === 'OVNKubernetes') return;
      yield { error: planErrors.singleNetwork(), path: ['networks', 'type'], contradicts: firstMaster(plan) };
    },
  },
  {
    name: 'a single master has no bootstrap',
    severity: 'error',
    since: '4.8',
    docs: singleNode,
    *find({ plan }) {
      const index = plan.nodes.findIndex((node) => node.role === 'bootstrap');
      if (countOf(plan) === 1 && index >= 0)
        yield { error: planErrors.singleBootstrap(), path: ['nodes', index], contradicts: firstMaster(plan) };
    },
  },
  {
    name: 'several masters have one bootstrap',
    severity: 'error',
    docs: requirements,
    *find({ plan }) {
      const found = plan.nodes.flatMap((node, index) => (node.role === 'bootstrap' ? [index] : []));
      if (found.length === 0 && countOf(plan) > 1)
        yield { error: planErrors.bootstrapMissing(), path: nodesPath };
      for (const index of found.slice(1))
        yield {
          error: planErrors.bootstrapTwice(),
          path: ['nodes', index],
          contradicts: ['nodes', found[0]!],
        };
    },
  },
  {
    name: 'only bootstrap becomes another node',
    severity: 'error',
    docs: 'the reference installation of 4.5: bootstrap is installed again as a worker',
    *find({ plan }) {
      for (const [index, node] of plan.nodes.entries())
        if (node.becomes !== undefined && node.role !== 'bootstrap')
          yield { error: planErrors.becomesOfOther({ node: node.name }), path: ['nodes', index, 'becomes'] };
    },
  },
  {
    name: 'ingress names nodes of the plan, each once, and not bootstrap',
    severity: 'error',
    docs: ingress,
    *find({ plan }) {
      const { ingressNodes } = plan.balancer;
      const bootstrap = bootstrapOf(plan);
      const known = new Set([...plan.nodes.map((node) => node.name), bootstrap?.becomes]);
      if (ingressNodes.length === 0)
        yield { error: planErrors.ingressEmpty(), path: ['balancer', 'ingressNodes'] };
      for (const [index, name] of ingressNodes.entries()) {
        const path = ['balancer', 'ingressNodes', index];
        if (!known.has(name)) yield { error: planErrors.unknownIngressNode({ name }), path };
        else if (name === bootstrap?.name) yield { error: planErrors.ingressBootstrap({ name }), path };
        if (ingressNodes.indexOf(name) < index) yield { error: planErrors.ingressTwice({ name }), path };
      }
    },
  },
  {
    name: 'ingress goes to nodes that take its pods',
    severity: 'error',
    docs: threeNode,
    *find({ plan }) {
      if (plan.cluster.mastersSchedulable) return;
      const masters = new Set(mastersOf(plan).map((node) => node.name));
      for (const [index, name] of plan.balancer.ingressNodes.entries())
        if (masters.has(name))
          yield {
            error: planErrors.ingressAtMaster({ name }),
            path: ['balancer', 'ingressNodes', index],
            contradicts: ['cluster', 'mastersSchedulable'],
          };
    },
  },
  {
    name: 'ingress finds its routers',
    severity: 'warning',
    docs: ingress,
    *find({ plan }) {
      const listed = new Set(plan.balancer.ingressNodes);
      const left = workersOf(plan).filter((node) => !listed.has(node.name));
      // There are two routers; with one worker left out, at least one of them is found.
      if (left.length < 2) return;
      const names = left.map((node) => node.name).join(', ');
      yield {
        error: planErrors.ingressMisses({ names }),
        path: ['balancer', 'ingressNodes'],
        contradicts: nodesPath,
      };
    },
  },
  {
    name: 'some node takes ordinary pods',
    severity: 'error',
    docs: threeNode,
    *find({ plan }) {
      if (plan.cluster.mastersSchedulable || workersOf(plan).length > 0) return;
      yield {
        error: planErrors.nothingSchedulable(),
        path: ['cluster', 'mastersSchedulable'],
        contradicts: nodesPath,
      };
    },
  },
];
