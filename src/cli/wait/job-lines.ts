import type { Job } from '../../jobs/index.ts';
import type { CliTexts } from '../../texts/index.ts';
import { sizeText } from '../output/formats.ts';
import { cutTo, padTo } from '../output/width.ts';
import { bar } from './bar.ts';

/** A job that somebody waits for, and what it is called: its link's address. */
export interface AwaitedJob {
  readonly id: string;
  readonly label: string;
}

const mostLines = 8;
const barColumns = 20;

/**
 * What is drawn while jobs run: one line for each that runs, how many of all are done, and how long the rest takes at
 * the pace so far. `elapsedMs` is since the waiting began.
 */
export function linesOfJobs(
  awaited: readonly AwaitedJob[],
  states: ReadonlyMap<string, Job>,
  elapsedMs: number,
  texts: CliTexts,
): readonly string[] {
  const jobs = awaited.map(({ id, label }) => ({ label, job: states.get(id) }));
  const running = jobs.filter(({ job }) => job?.state === 'running').slice(0, mostLines);
  const ended = jobs.filter(({ job }) => job !== undefined && hasEnded(job)).length;
  const lines = running.map(({ label, job }) => lineOf(label, job!, texts));
  if (awaited.length === 1 && lines.length === 1) return lines;
  const remainingMs = ended === 0 ? undefined : (elapsedMs / ended) * (awaited.length - ended);
  return [...lines, `${texts.wait.count(ended, awaited.length)} ${leftText(remainingMs, texts)}`.trimEnd()];
}

/** True where nothing more happens to the job by itself. */
export function hasEnded(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}

function lineOf(label: string, { progress }: Job, texts: CliTexts): string {
  const stages: Readonly<Record<string, string>> = texts.stages;
  const stage = (progress && stages[progress.stage]) ?? texts.stages.working;
  const share = progress?.total ? progress.done / progress.total : 0;
  const left = leftText(progress?.remainingMs, texts);
  const rate = progress?.unit === 'bytes' ? rateText(progress.perSecond) : '';
  const words = [stage, rate, left].filter((word) => word !== '');
  return `${padTo(cutTo(label, 40), 40)} ${bar(share, barColumns)} ${words.join(' ')}`;
}

/** How fast bytes come, empty where nobody knows. */
export function rateText(bytesPerSecond = 0): string {
  return bytesPerSecond > 0 ? `${sizeText(bytesPerSecond)}/s` : '';
}

/** How long something still takes, empty where nobody knows. */
export function leftText(remainingMs: number | undefined, texts: CliTexts): string {
  return remainingMs === undefined ? '' : texts.wait.left(Math.ceil(remainingMs / 1000));
}
