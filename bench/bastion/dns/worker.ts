import { createDnsServer } from '../../../src/services/dns/index.ts';
import { zones } from './zones.ts';

// A process of its own, as knot is one. It ends with its standard input.
const server = createDnsServer({
  zones,
  listen: [{ host: '127.0.0.1', port: 0 }],
  allowedClients: ['127.0.0.0/8'],
});
const [listening] = await server.listen();
process.stdout.write(`${listening?.port}\n`);
process.stdin.on('end', () => void server.close()).resume();
