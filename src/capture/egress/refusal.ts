import { HoldfastError } from '../../kernel/index.ts';
import type { Refusal, RefusalReason } from './types.ts';

const reasons: Readonly<Record<string, RefusalReason>> = {
  'capture.refusedScheme': 'scheme',
  'capture.badUrl': 'scheme',
  'capture.refusedPort': 'port',
  'capture.unresolvable': 'unresolvable',
};

/** What an error of the guard refused and why; undefined for an error that is no refusal. `target` is the address as it was asked for. */
export function refusalOf(error: unknown, target: string): Refusal | undefined {
  if (!(error instanceof HoldfastError)) return undefined;
  if (error.code === 'capture.refusedAddress') {
    const { address, reason } = error.details;
    return { target, address: String(address), reason: reason as RefusalReason };
  }
  const reason = reasons[error.code];
  return reason && { target, reason };
}
