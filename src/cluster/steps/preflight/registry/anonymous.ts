import { noCredentials } from '../../../../images/index.ts';
import { errorText, HoldfastError } from '../../../../kernel/index.ts';
import { registryOf } from '../../../plan/index.ts';
import { findings } from '../findings.ts';
import type { Scene, Verdict } from '../types.ts';
import { passed, shown, skipped } from '../verdict.ts';
import { withRepository } from './reach-registry.ts';
import { tagsOf } from './release.ts';

/** Whether the mirror is read without a login, which is told: it is no fault, but whoever keeps the registry wants to know. */
export async function anonymousVerdict(scene: Scene, signal: AbortSignal): Promise<Verdict> {
  const host = registryOf(scene.plan);
  try {
    await withRepository(scene, noCredentials, signal, (source) => source.resolve(tagsOf(scene)[0]!));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof HoldfastError)) throw error;
    if (error.kind === 'denied' && error.code === 'images.denied')
      return passed(findings.anonymousRefused({ host }));
    if (error.kind !== 'notFound')
      return skipped(findings.anonymousUnknown({ host, detail: shown(errorText(error)) }));
  }
  return passed(findings.anonymousReads({ host }));
}
