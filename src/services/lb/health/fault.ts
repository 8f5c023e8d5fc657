import type { CheckReason } from '../types.ts';

/** What the system says when this machine, not the backend, has run out of something. */
const ours = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL']);

const reasons: Readonly<Record<string, CheckReason>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EPROTO: 'tls',
};

/** Why a connection to a backend failed; undefined where that says nothing about the backend. */
export function faultOf(error: unknown): { reason: CheckReason; detail: string } | undefined {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (ours.has(code)) return undefined;
  const reason =
    reasons[code] ??
    (code.startsWith('HPE_') ? 'protocol' : /SSL|TLS|CERT/.test(code) ? 'tls' : 'unreachable');
  return { reason, detail: (code || message).slice(0, 100) };
}
