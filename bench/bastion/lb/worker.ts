import { createBalancer } from '../../../src/services/lb/index.ts';

// A process of its own, as haproxy is one. It ends with its standard input.
const balancer = createBalancer({
  frontends: [
    {
      name: 'bench',
      listen: { host: '127.0.0.1', port: 0 },
      check: { kind: 'tcp' },
      backends: [{ name: 'nginx', address: '127.0.0.1', port: Number(process.argv[2]) }],
    },
  ],
});
const [listening] = await balancer.listen();
process.stdout.write(`${listening?.port}\n`);
process.stdin.on('end', () => void balancer.close()).resume();
