import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { digestOf } from '../../kernel/index.ts';
import { listen } from '../listen.ts';
import { createReplayApp } from '../replay/app.ts';
import { startCanary } from './canary.ts';
import { createHarness } from './harness.ts';
import type { TestPart } from './stored-snapshot.ts';

/** How a document refers to a part of its snapshot. */
export const referTo = (bytes: string | Uint8Array) => digestOf(bytes).replace(':', '-');

/** Both origins on real ports with one snapshot, and canaries: one that the snapshot aims at, one that is a foreign site. */
export async function createStage(partsFor: (target: string) => readonly TestPart[]) {
  const ports = { ui: 0, replay: 0 };
  const harness = await createHarness({ ports });
  const webDir = join(harness.dataDir, 'web');
  mkdirSync(webDir);
  Object.assign(harness.config, { webDir });
  const canary = await startCanary();
  const replay = createReplayApp(harness);
  const asked: string[] = [];
  const replayServer = await listen({
    fetch: async (request, env) => {
      const response = await replay.fetch(request, env);
      asked.push(`${response.status} ${new URL(request.url).pathname.split('/').at(-1)}`);
      return response;
    },
    host: '127.0.0.1',
    port: 0,
    open: false,
  });
  const uiServer = await listen({ fetch: harness.app.fetch, host: '127.0.0.1', port: 0, open: true });
  Object.assign(ports, { ui: uiServer.port, replay: replayServer.port });
  const { snapshot } = await harness.keep('https://example.org/', partsFor(canary.origin));
  const view = await harness.call(`/api/snapshots/${snapshot.id}`);
  const { replayUrl } = (await view.json()) as { replayUrl: string };
  const frame = `<!doctype html><iframe sandbox src="${replayUrl}" width="600" height="600"></iframe>`;
  writeFileSync(join(webDir, 'index.html'), frame);
  const foreign = await startCanary({ '/frame': frame });
  after(async () => {
    await Promise.all([uiServer.stop(0), replayServer.stop(0), canary.close(), foreign.close()]);
  });
  return {
    replayUrl,
    /** The web interface with the snapshot in a frame. */
    uiUrl: `http://127.0.0.1:${uiServer.port}/`,
    /** Another site with the snapshot in a frame. */
    foreignUrl: `${foreign.origin}/frame`,
    canary,
    /** What the replay was asked for: status and last segment. */
    asked,
  };
}
