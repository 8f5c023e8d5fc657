import { mirrorPrefixOf, registryOf } from '../../../plan/index.ts';
import type { Check, Scene } from '../types.ts';
import { anonymousVerdict } from './anonymous.ts';
import { certificateVerdict } from './certificate.ts';
import { releaseVerdict } from './release.ts';

/** The registry as nodes meet it: its certificate, the login of the pull secret, and the release under its mirrored name. */
export function registryChecks(scene: Scene): readonly Check[] {
  const { plan } = scene;
  const check = (id: string, title: string, verdict: typeof certificateVerdict): Check => ({
    id: `registry.${id}`,
    group: 'registry',
    title,
    run: (signal) => verdict(scene, signal),
  });
  return [
    check('certificate', `${plan.registry.host}:${plan.registry.port}`, certificateVerdict),
    check('release', `${mirrorPrefixOf(plan)}:${plan.cluster.version.text}`, releaseVerdict),
    check('anonymous', registryOf(plan), anonymousVerdict),
  ];
}
