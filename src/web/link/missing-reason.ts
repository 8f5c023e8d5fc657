/** Why a resource is missing, as far as the interface has words for it. */
export type MissingReason =
  | { readonly type: 'pending' }
  | { readonly type: 'status' | 'refused' | 'other'; readonly detail: string };

/** Reads the reason that a snapshot noted: `pending`, `HTTP 404`, `refused: private`, or what the browser said. */
export function readMissingReason(reason: string): MissingReason {
  if (reason === 'pending') return { type: 'pending' };
  const status = /^HTTP (\d{3})$/.exec(reason)?.[1];
  if (status !== undefined) return { type: 'status', detail: status };
  const refused = /^refused: (.+)$/s.exec(reason)?.[1];
  return refused === undefined ? { type: 'other', detail: reason } : { type: 'refused', detail: refused };
}
