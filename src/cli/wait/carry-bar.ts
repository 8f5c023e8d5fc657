import type { BundleProgress } from '../../bundle/index.ts';
import type { Context } from '../context.ts';
import { sizeText } from '../output/formats.ts';
import { cutTo } from '../output/width.ts';
import { bar } from './bar.ts';
import { leftText } from './job-lines.ts';
import { createLiveLines } from './live-lines.ts';

/** A bar for bytes that are carried: how much of how much, how fast, how long still, and which blob or part. */
export interface CarryBar {
  onProgress(progress: BundleProgress): void;
  /** Prints whole lines above it. */
  above(print: () => void): void;
  clear(): void;
}

const drawEveryMs = 100;

/** Makes the bar on stderr; a stream that is no terminal gets nothing. */
export function createCarryBar({ io, texts }: Context, label: string): CarryBar {
  const live = createLiveLines(io.stderr);
  let drawnAt = 0;
  return {
    onProgress({ done, total = 0, remainingMs, bytesPerSecond, current }) {
      if (done < total && performance.now() - drawnAt < drawEveryMs) return;
      drawnAt = performance.now();
      const share = total > 0 ? done / total : 1;
      const rate = bytesPerSecond > 0 ? `${sizeText(bytesPerSecond)}/s` : '';
      const words = [`${sizeText(done)} / ${sizeText(total)}`, rate, leftText(remainingMs, texts)];
      const told = words.filter((it) => it !== '').join('  ');
      live.draw([
        `${label} ${bar(share, 30)} ${told}`,
        ...(current === '' ? [] : [`  ${cutTo(current, 40)}`]),
      ]);
    },
    above: (print) => live.above(print),
    clear: () => live.clear(),
  };
}
