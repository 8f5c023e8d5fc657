import { defineErrors } from '../../kernel/index.ts';

export const planErrors = defineErrors('plan', {
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
