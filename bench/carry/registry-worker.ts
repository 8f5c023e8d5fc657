import { once } from 'node:events';
import { openRegistry } from '../../src/registry/testing/open-registry.ts';
import { peakMemoryBytes } from '../lib/peak-memory.ts';

// A process of its own, as docker-registry is one: what starts the clients does not take time from it.
const registry = await openRegistry();
process.stdout.write(`${registry.url}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
await registry.close();
process.stdout.write(`${peakMemoryBytes()}\n`);
