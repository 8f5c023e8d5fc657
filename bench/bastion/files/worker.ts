import { createFileService } from '../../../src/services/files/index.ts';

// A process of its own, as nginx is one. It ends with its standard input.
const service = createFileService({ entries: [{ path: '/', from: { folder: process.argv[2]! } }] });
const { port } = await service.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${port}\n`);
process.stdin.on('end', () => void service.close(0)).resume();
