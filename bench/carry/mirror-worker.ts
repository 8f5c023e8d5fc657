import { createEgressGuard } from '../../src/capture/index.ts';
import { copyImages, createRegistry, createStoreTarget } from '../../src/images/index.ts';
import type { HttpTransport } from '../../src/kernel/index.ts';
import { createFsBlobStore } from '../../src/store/index.ts';
import { peakMemoryBytes } from '../lib/peak-memory.ts';

// Mirrors an image of a registry on loopback into a store as the program does, in a process that has done so before as a server
// has, then mirrors it again; prints what it took as JSON.
const [host = '', repository = '', root = ''] = process.argv.slice(2);
const guard = createEgressGuard({ policy: { allow: ['127.0.0.0/8'], never: [] } });
const guarded = guard.transport();
let requests = 0;
const transport: HttpTransport = {
  send(request) {
    requests += 1;
    return guarded.send(request);
  },
  close: () => guarded.close(),
};
const store = await createFsBlobStore({ root });
const mirror = (from: string) =>
  copyImages({
    source: createRegistry({ transport, plainHttp: true }).source({ host, repository: from }),
    target: createStoreTarget({ store, name: 'store' }),
    roots: [{ reference: 'bench' }],
    withReferrers: true,
  });
await mirror(`${repository}-warm`);
const startedAt = performance.now();
const before = process.cpuUsage();
const { copiedBytes } = await mirror(repository);
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(before);
requests = 0;
await mirror(repository);
transport.close();

const peakBytes = peakMemoryBytes();
const cpuSeconds = (user + system) / 1e6;
process.stdout.write(
  JSON.stringify({ seconds, copiedBytes, cpuSeconds, peakBytes, againRequests: requests }),
);
