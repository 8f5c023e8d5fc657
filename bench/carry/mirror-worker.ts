import { createEgressGuard } from '../../src/capture/index.ts';
import { copyImages, createRegistry, createStoreTarget } from '../../src/images/index.ts';
import { createFsBlobStore } from '../../src/store/index.ts';

// Mirrors one image of a registry on loopback into a store as the program does, and prints what it took as JSON.
const [host = '', repository = '', root = ''] = process.argv.slice(2);
const guard = createEgressGuard({ policy: { allow: ['127.0.0.0/8'], never: [] } });
const transport = guard.transport();
const startedAt = performance.now();
const before = process.cpuUsage();
const store = await createFsBlobStore({ root });
const { copiedBytes } = await copyImages({
  source: createRegistry({ transport, plainHttp: true }).source({ host, repository }),
  target: createStoreTarget({ store, name: 'store' }),
  roots: [{ reference: 'bench' }],
});
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(before);
transport.close();

const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ seconds, copiedBytes, cpuSeconds: (user + system) / 1e6, peakBytes }));
