import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FidelityCase } from './case.ts';
import type { Engine } from './engine.ts';
import { judge, type Seen } from './judge.ts';
import { type Bitmap, decodePng, encodePng } from './png.ts';
import type { CaseServer } from './server.ts';
import type { Shower } from './show.ts';

/** Where the evidence of failed cases is kept. */
export const keptIn = join(import.meta.dirname, '../../../.cache/fidelity');

function toBytes({ width, height, rgba }: Bitmap): Uint8Array {
  return encodePng(
    width,
    height,
    (x, y) => {
      const i = (y * width + x) * 4;
      return [rgba[i]!, rgba[i + 1]!, rgba[i + 2]!];
    },
    1,
  );
}

async function keep(name: string, seen: Seen, problems: readonly string[]): Promise<string> {
  const folder = join(keptIn, name);
  await mkdir(folder, { recursive: true });
  const files: [string, string | Uint8Array | undefined][] = [
    [
      'problems.txt',
      `${problems.join('\n')}\n${JSON.stringify({ ...seen.captured, html: undefined, screenshot: undefined, file: undefined }, null, 1)}\n`,
    ],
    ['live.png', seen.live && toBytes(seen.live.picture)],
    ['replay.png', seen.replay && toBytes(seen.replay.picture)],
    ['replay.html', seen.captured.html],
    ['screenshot.png', seen.screenshot && toBytes(seen.screenshot)],
  ];
  for (const [file, bytes] of files) if (bytes !== undefined) await writeFile(join(folder, file), bytes);
  return folder;
}

/** Captures a case, shows it live and replayed with the network cut; gives what is wrong, one line each. */
export async function runCase(
  one: FidelityCase,
  on: { server: CaseServer; shower: Shower; engine: Engine },
): Promise<string[]> {
  const { server, shower, engine } = on;
  const want = one.expect ?? {};
  const [path] = (one.start ?? '').split(/[?#]/);
  const url = server.at(one.name).main + (one.start ?? '');
  const options = {
    fullPage: want.fullPage === true,
    scripts: want.scripts !== false,
    settleMs: want.settleMs ?? 300,
  };
  server.forget(one.name);
  const captured = await engine.capture(url, want.capMs);
  const visits = server.visits(one.name, path!);
  const limited = Object.keys(want.mostVisits ?? {});
  const visitsOf = Object.fromEntries(limited.map((each) => [each, server.visits(one.name, each)]));
  const live = want.live === false ? undefined : await shower.live(url, options);
  const replay = captured.html === undefined ? undefined : await shower.replay(captured.html, options);
  const png = captured.screenshot && (await shower.toPng(captured.screenshot));
  const seen: Seen = { captured, live, replay, visits, visitsOf, screenshot: png && decodePng(png) };
  const problems = judge(seen, want);
  if (problems.length > 0) problems.push(`see ${await keep(one.name, seen, problems)}`);
  return problems;
}
