import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { browserPath } from '../../../test/fidelity/harness/show.ts';
import { peerFile } from '../peers.ts';
import type { BenchEngine } from './engine.ts';

/** The command line program as its users run it: a process and a browser for each page. */
export async function singleFileCliEngine(): Promise<BenchEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'single-file-'));
  let count = 0;
  return {
    async open(url) {
      const output = join(folder, `${++count}.html`);
      await promisify(execFile)(
        process.execPath,
        [
          peerFile('single-file-cli/single-file-node.js'),
          url,
          output,
          `--browser-executable-path=${browserPath()}`,
        ],
        { timeout: 90_000 },
      );
      return (await stat(output)).size;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
