import {
  installConfigOf,
  isSingleNode,
  manifestTexts,
  type Plan,
  type RenderInputs,
} from '../../plan/index.ts';
import type { IgnitionInputs } from './types.ts';

/** What the ignition files of a plan are made from; throws what the renderer does where a secret is of the wrong shape. */
export function ignitionInputsOf(
  plan: Plan,
  secrets: RenderInputs,
  given: Pick<IgnitionInputs, 'installer' | 'releaseImage' | 'extraManifests'>,
): IgnitionInputs {
  return {
    ...given,
    installConfig: installConfigOf(plan, secrets),
    manifests: manifestTexts(plan),
    singleNode: isSingleNode(plan),
  };
}
