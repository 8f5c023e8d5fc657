import { errorText, HoldfastError } from '../../kernel/index.ts';
import type { Evidence } from '../../links/index.ts';
import { refusalOf } from '../egress/index.ts';
import { emptyOutcome } from '../empty-outcome.ts';
import type { CaptureOutcome } from '../types.ts';
import { NotTheFile } from './download/faults.ts';

/**
 * What a file that cannot be had comes to; undefined for an error after which trying again may help. `hasBytes`: some of
 * them are there already, so it is worth it.
 */
export function failedOutcome(
  error: unknown,
  url: string,
  startedAt: number,
  hasBytes: boolean,
): CaptureOutcome | undefined {
  const failed = (evidence: Evidence) => emptyOutcome('file', url, startedAt, [evidence]);
  if (error instanceof NotTheFile) {
    const { status } = error;
    const verdict = status === 404 || status === 410 ? 'not-found' : 'failed';
    return emptyOutcome('file', url, startedAt, [{ code: 'httpStatus', details: { status } }], verdict);
  }
  if (!(error instanceof HoldfastError)) return undefined;
  const refusal = refusalOf(error, url);
  if (refusal && refusal.reason !== 'unresolvable') {
    const { address = refusal.target, reason } = refusal;
    return failed({ code: 'refusedAddress', details: { address, reason } });
  }
  if (error.code === 'capture.fileBroken' && hasBytes) return undefined;
  if (!error.code.startsWith('capture.') || error.code === 'capture.fileChanging') return undefined;
  return failed({ code: 'networkError', details: { error: reasonIn(error) } });
}

/** What the last try came to, rather than how many there were. */
function reasonIn(error: HoldfastError): string {
  return error.code === 'capture.fileBroken' ? errorText(error.cause) : error.message;
}
