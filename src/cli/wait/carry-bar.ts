import type { Progress } from '../../kernel/index.ts';
import type { Context } from '../context.ts';
import { sizeText } from '../output/formats.ts';
import { cutTo } from '../output/width.ts';
import { bar } from './bar.ts';
import { leftText, rateText } from './job-lines.ts';
import { createLiveLines } from './live-lines.ts';

/** Progress of whatever is carried; which blob or part, where that is known. */
type CarryProgress = Progress & { readonly bytesPerSecond?: number; readonly current?: string };

/** A bar for bytes that are carried: how much of how much, how fast, how long still, and which blob or part. */
export interface CarryBar {
  onProgress(progress: CarryProgress): void;
  /** Prints whole lines above it. */
  above(print: () => void): void;
  clear(): void;
}

const drawEveryMs = 100;
const stagesOf = ({ stages }: Context['texts']): Readonly<Record<string, string>> => stages;

/** Makes the bar on stderr; a stream that is no terminal gets nothing. */
export function createCarryBar({ io, texts }: Context, label: string): CarryBar {
  const live = createLiveLines(io.stderr);
  let drawnAt = 0;
  return {
    onProgress({
      stage,
      done,
      total = 0,
      unit,
      remainingMs,
      perSecond = 0,
      bytesPerSecond = perSecond,
      current = '',
    }) {
      if (unit !== 'bytes') return live.draw([`${stagesOf(texts)[stage] ?? label} ${done}`]);
      if (done < total && performance.now() - drawnAt < drawEveryMs) return;
      drawnAt = performance.now();
      const share = total > 0 ? done / total : 1;
      const rate = rateText(bytesPerSecond);
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
