import { defineErrors } from '../../kernel/index.ts';

export const lbErrors = defineErrors('lb', {
  badName: {
    kind: 'invalid',
    message: 'Name {value} in "{place}" can not be used',
    hint: 'Give 1 to 253 characters without control characters',
  },
  badAddress: {
    kind: 'invalid',
    message: '"{field}" of "{place}" is {value}, which is no IP address',
    hint: 'Give an IP address; the balancer looks no names up',
  },
  badNumber: {
    kind: 'invalid',
    message: '"{field}" of "{place}" is {value}',
    hint: 'Give a whole number from {least} to {most}',
  },
  badPath: {
    kind: 'invalid',
    message: '"{field}" of "{place}" is {value}',
    hint: 'Give a path that begins with "/", without spaces, at most 1000 characters',
  },
  sameName: {
    kind: 'conflict',
    message: 'The name "{name}" stands in "{place}" twice',
    hint: 'Give each a name of its own',
  },
  sameAddress: {
    kind: 'conflict',
    message: 'The address "{address}" stands in "{place}" twice',
    hint: 'Give each an address or a port of its own',
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
