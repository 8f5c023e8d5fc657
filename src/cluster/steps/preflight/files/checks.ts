import { type Download, downloadsOf } from '../../../plan/index.ts';
import type { Check, Scene } from '../types.ts';
import { digestVerdict } from './digest.ts';
import { ignitionVerdict } from './ignition.ts';
import { rolesVerdict } from './roles.ts';
import { servedVerdict } from './served.ts';

/** Every file that nodes fetch: served with its length, of the digest that was published, and for whom it is meant. */
export function filesChecks(scene: Scene): readonly Check[] {
  const downloads = downloadsOf(scene.plan);
  const check = (id: string, title: string, run: Check['run']): Check => ({
    id: `files.${id}`,
    group: 'files',
    title,
    run,
  });
  const ofImage = (download: Download) => [
    check(download.path, download.path, (signal) => servedVerdict(scene, download, signal)),
    check(`digest.${download.path}`, `sha256 ${download.path}`, (signal) =>
      digestVerdict(scene, download, signal),
    ),
  ];
  const images = downloads.filter(({ kind }) => kind !== 'ignition').flatMap(ofImage);
  const ignition = downloads
    .filter(({ kind }) => kind === 'ignition')
    .map((download) => check(download.path, download.path, () => ignitionVerdict(scene, download)));
  // Only Holdfast's own file service knows who may fetch what.
  const roles = scene.control
    ? [check('roles', downloads.length === 0 ? '' : 'ignition', () => rolesVerdict(scene))]
    : [];
  return [...images, ...ignition, ...roles];
}
