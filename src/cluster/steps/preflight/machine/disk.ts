import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { findings } from '../findings.ts';
import type { Check, Scene, Verdict } from '../types.ts';
import { failed, passed, warning } from '../verdict.ts';

const gib = 1024 ** 3;
/** Logs, ignition files and the database need little; a release has 8 to 20 GiB, an image of RHCOS one. */
const leastBytes = 2 * gib;
const wantedBytes = (hasRegistry: boolean) => (hasRegistry ? 25 * gib : 5 * gib);

/** Free space where the cluster's files lie, and where images of RHCOS do when that is elsewhere. */
export function diskChecks({ plan, workFolder, imagesFolder }: Scene): readonly Check[] {
  const wanted = wantedBytes(plan.bastion.serves.registry === 'holdfast');
  return [...new Set([workFolder, imagesFolder])].map((folder, at) => ({
    id: `machine.disk.${at === 0 ? 'work' : 'images'}`,
    group: 'machine',
    title: folder,
    run: () => spaceVerdict(folder, wanted),
  }));
}

async function spaceVerdict(folder: string, wantedBytes: number): Promise<Verdict> {
  const { bavail, bsize } = await statOfNearest(folder);
  const freeBytes = Number(bavail) * Number(bsize);
  const text = (bytes: number) => `${(bytes / gib).toFixed(1)} GiB`;
  const details = { folder, free: text(freeBytes), wanted: text(wantedBytes) };
  if (freeBytes < leastBytes) return failed(findings.diskFull(details));
  if (freeBytes < wantedBytes) return warning(findings.diskTight(details));
  return passed(findings.diskFree(details));
}

/** Of the folder, or of the one above where it is not made yet. */
async function statOfNearest(folder: string): ReturnType<typeof statfs> {
  try {
    return await statfs(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return statOfNearest(dirname(folder));
  }
}
