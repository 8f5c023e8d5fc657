import type { InstallerConfig } from '../capture/index.ts';
import type { Job } from '../jobs/index.ts';
import type { Link, Snapshot } from '../links/index.ts';
import { localizeError, localizeEvidence } from '../texts/index.ts';
import type { Context } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import { tellInstallation } from './installation.ts';
import { linkIdOf, linkJson } from './output/json.ts';
import { styleFor } from './output/style.ts';
import { padTo, plainLine } from './output/width.ts';
import type { Workspace } from './program.ts';
import { waitForJobs } from './wait/wait-for-jobs.ts';

/** How the capture of one link came out. */
interface Captured {
  readonly link: Link;
  readonly job: Job;
  /** What the job made; null where it failed without a snapshot. */
  readonly snapshot: Snapshot | null;
}

/**
 * Waits for the captures of links and tells how each came out: lines for a person as they end, or one JSON array in the
 * order given. Captures that are not good make the exit code 1.
 */
export async function tellCaptures(
  context: Context,
  workspace: Workspace,
  links: readonly { link: Link; job: Job | null }[],
  json: boolean,
): Promise<void> {
  const outcomes = new Map<string, Captured>();
  const awaited = links.flatMap(({ link, job }) => (job ? [{ id: job.id, label: plainLine(link.url) }] : []));
  await waitForJobs(context, workspace, awaited, async (job, print) => {
    const captured = await readCaptured(workspace, job);
    outcomes.set(job.id, captured);
    print(() => (json ? context.note : context.say)(lineOf(captured, context)));
  });
  if ([...outcomes.values()].some((it) => it.snapshot?.verdict !== 'good'))
    context.exitWith(exitCodes.notAllGood);
  const shown = links.map(({ link, job }) => {
    const captured = job ? outcomes.get(job.id) : undefined;
    return {
      link: captured?.link ?? link,
      snapshot: captured?.snapshot ?? captured?.link.snapshot ?? link.snapshot,
    };
  });
  const told = await Promise.all(
    shown.map(async (one) => ({ ...one, installation: await installationFor(workspace, one.snapshot) })),
  );
  if (json) {
    const { language } = context;
    return context.sayJson(
      told.map(({ link, snapshot, installation }) => ({
        ...linkJson(link, language, snapshot),
        ...(installation && { installation }),
      })),
    );
  }
  for (const { installation } of told) if (installation) tellInstallation(context, installation);
  if (told.some((one) => one.installation) && !workspace.mirror.isServed)
    context.note(`\n${context.texts.release.notServed}`);
}

/** What an installation from the registry here needs next, where the snapshot is one of a sound release. */
async function installationFor(
  { readers, mirror }: Workspace,
  snapshot: Snapshot | null,
): Promise<InstallerConfig | undefined> {
  if (snapshot?.kind !== 'release' || snapshot.verdict !== 'good' || snapshot.digest === null)
    return undefined;
  return (await readers()).installation(snapshot.digest, mirror);
}

async function readCaptured({ links }: Workspace, job: Job): Promise<Captured> {
  const link = await links.get(linkIdOf(job) ?? '');
  const [newest] = job.state === 'done' ? await links.snapshots(link.id) : [];
  return { link, job, snapshot: newest ?? null };
}

function lineOf({ link, job, snapshot }: Captured, { texts, language, io }: Context): string {
  const style = styleFor(io.stdout, io.env);
  if (snapshot) {
    const { verdict, evidence } = snapshot;
    const word = (verdict === 'good' ? style.good : style.warn)(padTo(texts.verdicts[verdict], 10));
    const why = verdict === 'good' ? [] : evidence.map((it) => localizeEvidence(it, language));
    return [
      `${word} ${snapshot.id} ${plainLine(link.url)}`,
      ...why.map((it) => `           ${plainLine(it)}`),
    ].join('\n');
  }
  const word = style.bad(padTo(texts.states[job.state], 10));
  const fault = job.fault && localizeError(job.fault, language);
  const why = fault ? [fault.message, fault.hint].filter((it) => it !== undefined) : [];
  return [`${word} ${plainLine(link.url)}`, ...why.map((it) => `           ${plainLine(it)}`)].join('\n');
}
