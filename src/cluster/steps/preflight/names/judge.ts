import { findings } from '../findings.ts';
import type { Verdict } from '../types.ts';
import { failed, passed, shown, warning } from '../verdict.ts';
import type { Heard } from './ask.ts';

/** What a name must give. */
export interface Wanted {
  readonly name: string;
  readonly type: 'A' | 'PTR' | 'SRV';
  readonly data: readonly string[];
}

/** Judges what the name servers said by the plan: the first that is silent or wrong decides, and the mend names the record. */
export function judgeAnswers(heard: readonly Heard[], { name, type, data }: Wanted): Verdict {
  const record = data.map((one) => `${name}. IN ${type} ${one}${type === 'A' ? '' : '.'}`).join('; ');
  const silent = findSilent(heard);
  if (silent) return silent;
  for (const { server, transport, reply } of heard) {
    if (reply.kind !== 'answer') continue;
    const at = { server, transport, name, type, record };
    const answered = reply.data.map((one) => shown(one, 300));
    if (reply.rcode !== 'NOERROR') return failed(findings.noSuchName({ ...at, rcode: reply.rcode }));
    if (answered.length === 0) return failed(findings.noRecord(at));
    const missing = data.filter((one) => !answered.includes(one));
    if (missing.length > 0)
      return failed(
        findings.wrongRecord({ ...at, answered: answered.slice(0, 5).join(', '), wanted: data.join(', ') }),
      );
    const extra = answered.filter((one) => !data.includes(one));
    if (extra.length === 0) continue;
    const more = { ...at, extra: extra.slice(0, 5).join(', '), wanted: data.join(', ') };
    // Further names of an address mislead nobody who asks for the right one; a further address does every second time.
    return type === 'PTR' ? warning(findings.moreNames(more)) : failed(findings.moreRecords(more));
  }
  return passed(findings.nameRight({ answer: data.join(', ') }));
}

/** The verdict on the first server that gave no answer, where there is one; an answer cut over UDP is had over TCP. */
export function findSilent(heard: readonly Heard[]): Verdict | undefined {
  for (const { server, transport, reply } of heard)
    if (reply.kind === 'silent')
      return failed(findings.nameServerSilent({ server, transport, reason: reply.reason }));
  return undefined;
}
