import { defineErrors } from '../../kernel/index.ts';

export const filesErrors = defineErrors('files', {
  badEntry: {
    kind: 'invalid',
    message: 'Path "{path}" can not be served: {fault}',
    hint: 'Give each path once, beginning with "/", without "." and ".." between its slashes',
  },
  badPath: {
    kind: 'invalid',
    message: 'Path "{path}" is not allowed',
    hint: 'Ask for the path as the boot files have it, without "..", "\\" and control characters',
  },
  noFile: {
    kind: 'notFound',
    message: 'Nothing is served at "{path}"',
    hint: 'Compare what was typed with the kernel line of this machine',
  },
  unreadable: {
    kind: 'unavailable',
    message: 'The file behind "{path}" can not be read: {detail}',
    hint: 'See on the bastion that the file is there and may be read',
  },
  refused: { kind: 'denied', message: '"{path}" is not given out: {reason}' },
  unknownAddress: {
    kind: 'denied',
    message: '"{path}" is not given to {address}: no machine of the plan has this address',
    hint: 'Check the address after "ip=" in the kernel line',
  },
  notForNode: {
    kind: 'denied',
    message: '"{path}" is not for {node} ({address}), which is a {role}',
    hint: 'Check the file name and the address in the kernel line of this machine',
  },
  badMethod: { kind: 'unsupported', message: 'Files are read with GET and HEAD; nothing answers {method}' },
  badRange: { kind: 'invalid', message: 'The range does not lie in the file of {sizeBytes} bytes' },
  precondition: { kind: 'conflict', message: 'The file is no longer what was asked for' },
  changed: { kind: 'unavailable', message: 'The file behind "{path}" was changed while it was sent' },
  gone: { kind: 'cancelled', message: 'The client went away' },
  listen: {
    kind: 'unavailable',
    message: 'The file service can not listen on {address}: {detail}',
    hint: 'EADDRINUSE: end the program that has the port ("ss -ltnp"). EADDRNOTAVAIL: the machine lacks the address ("ip -br address")',
  },
});
