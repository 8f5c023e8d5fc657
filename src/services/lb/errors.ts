import { defineErrors } from '../../kernel/index.ts';

export const lbErrors = defineErrors('lb', {
  badFrontend: {
    kind: 'invalid',
    message: 'Frontend "{frontend}" can not be used: "{field}" is {value}',
    hint: 'Give {wanted}',
  },
  badBackend: {
    kind: 'invalid',
    message: 'Backend "{backend}" of frontend "{frontend}" can not be used: "{field}" is {value}',
    hint: 'Give {wanted}',
  },
  twice: {
    kind: 'conflict',
    message: '{what} "{name}" stands in the balancer twice',
    hint: 'Give each a name and an address of its own',
  },
  addressInUse: {
    kind: 'conflict',
    message: 'Frontend "{frontend}" can not listen on {address}: another program has it',
    hint: 'Find the program with: ss -ltnp "sport = :{port}"; end it, or let one of the two listen elsewhere',
  },
  listen: {
    kind: 'unavailable',
    message: 'Frontend "{frontend}" can not listen on {address}: {detail}',
    hint: 'Ports below 1024 need root or CAP_NET_BIND_SERVICE; the address must be one of this machine',
  },
  noFrontend: {
    kind: 'notFound',
    message: 'The balancer has no frontend "{frontend}"',
    hint: 'It has: {known}',
  },
  noBackend: {
    kind: 'notFound',
    message: 'The balancer has no backend "{backend}"',
    hint: 'It has: {known}',
  },
  closed: { kind: 'conflict', message: 'The balancer is closed', hint: 'Make another one' },
});
