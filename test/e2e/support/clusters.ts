import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import type { BastionState } from '../../../src/cluster/steps/index.ts';
import { listen } from '../../../src/http/index.ts';
import { createHarness } from '../../../src/http/testing/harness.ts';
import { systemClock } from '../../../src/kernel/index.ts';
import { createClusterViews } from '../../../src/main/clusters.ts';
import { playBastion, type Scene, writeScene } from '../../support/cluster-scene.ts';

const webDir = resolve(import.meta.dirname, '../../../dist/web');

/** A server of this process over a data folder in which an installation stands somewhere. */
export interface PlayedCluster {
  readonly origin: string;
  /** Takes all clusters away. */
  clear(): void;
  /** Writes the work folder anew. */
  play(scene: Scene, options?: { leftMs?: number }): Promise<void>;
  /** Lets a bastion answer at the socket, until the next call; undefined for none. */
  bastion(state: (() => BastionState) | undefined): Promise<void>;
}

/** Serves the web interface over a data folder of its own; it ends with the suite. */
export async function openClusters(): Promise<PlayedCluster> {
  if (!existsSync(join(webDir, 'index.html'))) throw new Error('Build the web interface: npm run build:web');
  const data = mkdtempSync(join(tmpdir(), 'holdfast-play-'));
  const ports = { ui: 0, replay: 0 };
  const clusters = createClusterViews({
    folder: join(data, 'clusters'),
    clock: systemClock,
    answerMs: 20_000,
  });
  const harness = await createHarness({ ports, webDir }, { clusters });
  const server = await listen({ fetch: harness.app.fetch, host: '127.0.0.1', port: 0, open: true });
  ports.ui = server.port;
  let work = '';
  let end: (() => Promise<void>) | undefined;
  after(async () => {
    await end?.();
    await server.stop(0);
    rmSync(data, { recursive: true, force: true });
  });
  return {
    origin: `http://127.0.0.1:${server.port}`,
    clear: () => rmSync(join(data, 'clusters'), { recursive: true, force: true }),
    async play(scene, options = {}) {
      rmSync(work || join(data, 'clusters'), { recursive: true, force: true });
      work = await writeScene(data, scene, { nowMs: Date.now(), ...options });
    },
    async bastion(state) {
      await end?.();
      end = state && (await playBastion(work, state));
    },
  };
}
