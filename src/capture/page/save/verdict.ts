import type { Evidence, Verdict } from '../../../links/index.ts';
import type { SettleReport } from '../load/settle.ts';

/** What is known of a page when it is judged. */
export interface Findings {
  /** The status of the main document's last answer; undefined where there was none. */
  readonly status: number | undefined;
  readonly requestedUrl: string;
  readonly finalUrl: string;
  readonly characters: number;
  /** True where the picture of the page has one colour only. */
  readonly uniform: boolean;
  readonly resources: number;
  readonly missing: number;
  /** True where the screenshot was taken. */
  readonly pictured: boolean;
  /** Which try it is, from 1. */
  readonly attempt: number;
  readonly settled: SettleReport;
  /** The stage in which the time cap ended the capture's waiting, if it did. */
  readonly timeCap: { readonly stage: string; readonly limitMs: number } | undefined;
  readonly bytesCap: number | undefined;
  readonly domCap: number | undefined;
}

/** Judges a page that was captured: the verdict with everything that it rests on, the decisive evidence first. */
export function judge(findings: Findings): { verdict: Verdict; evidence: Evidence[] } {
  const evidence: Evidence[] = [];
  const { status, characters } = findings;
  let verdict: Verdict = 'good';
  if (status !== undefined && status >= 400) {
    verdict = status === 404 || status === 410 ? 'not-found' : 'failed';
    evidence.push({ code: 'httpStatus', details: { status } });
  }
  const cut: Evidence[] = [];
  if (findings.timeCap) cut.push({ code: 'timeCap', details: findings.timeCap });
  if (findings.bytesCap !== undefined)
    cut.push({ code: 'bytesCap', details: { limitBytes: findings.bytesCap } });
  if (findings.domCap !== undefined) cut.push({ code: 'domCap', details: { limitNodes: findings.domCap } });
  if (verdict === 'good' && cut.length > 0) verdict = 'truncated';
  evidence.push(...cut);
  if (characters === 0 && findings.uniform) {
    if (verdict === 'good') verdict = 'blank';
    evidence.push({ code: 'noVisibleContent', details: { characters } });
  }
  if (verdict === 'good')
    evidence.push({ code: 'textAndPixels', details: { characters, resources: findings.resources } });
  if (findings.requestedUrl !== findings.finalUrl)
    evidence.push({ code: 'redirectedTo', details: { url: findings.finalUrl } });
  if (findings.missing > 0) {
    evidence.push({
      code: 'resourcesMissing',
      details: { missing: findings.missing, total: findings.resources },
    });
  }
  if (findings.settled.pending.length > 0) {
    evidence.push({ code: 'pendingRequests', details: { count: findings.settled.pending.length } });
  }
  if (findings.settled.scroll?.endless) {
    evidence.push({ code: 'scrollCap', details: { heightPx: findings.settled.scroll.heightPx } });
  }
  if (!findings.pictured) evidence.push({ code: 'noScreenshot', details: {} });
  if (findings.attempt > 1) evidence.push({ code: 'begunAnew', details: { attempts: findings.attempt } });
  return { verdict, evidence };
}
