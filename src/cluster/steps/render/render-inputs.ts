import type { PlanSecrets, RenderInputs } from '../../plan/index.ts';

/** What the renderer is given of a plan’s secrets; `own` is for a plan that leaves its trust to Holdfast’s authority. */
export function renderInputsOf(
  secrets: PlanSecrets,
  own: Pick<RenderInputs, 'trustBundle' | 'registryIdentity'> = {},
): RenderInputs {
  const trustBundle = secrets.trustBundle?.reveal() ?? own.trustBundle;
  return {
    pullSecret: secrets.pullSecret?.reveal() ?? '',
    sshKey: secrets.sshKey?.reveal() ?? '',
    ...(trustBundle !== undefined && { trustBundle }),
    ...(own.registryIdentity && { registryIdentity: own.registryIdentity }),
  };
}
