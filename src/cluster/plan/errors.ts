import { defineErrors } from '../../kernel/index.ts';
import { formatErrors } from './errors/formats.ts';
import { ruleErrors } from './errors/rules.ts';
import { secretErrors } from './errors/secrets.ts';
import { structureErrors } from './errors/structure.ts';

/** What can be wrong with a plan; most of it is told as an issue with a place and not thrown. */
export const planErrors = defineErrors('plan', {
  ...structureErrors,
  ...formatErrors,
  ...ruleErrors,
  ...secretErrors,
  unknownIngressNode: {
    kind: 'invalid',
    message: 'Node "{name}" is to take 80 and 443, and the plan has no such node',
    hint: 'Name nodes of the plan under "balancer.ingressNodes", or the worker that bootstrap becomes',
  },
  noNameServer: {
    kind: 'invalid',
    message: 'DNS is served by somebody else, and the plan does not say where',
    hint: 'Write the addresses of the name servers under "dns.upstream"',
  },
});
