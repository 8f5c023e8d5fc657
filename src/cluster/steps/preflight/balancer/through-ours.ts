import type { ProbedFrontend } from '../../bastion/index.ts';
import { findStubWord } from '../../stub/token.ts';
import { findings } from '../findings.ts';
import type { Scene, Verdict } from '../types.ts';
import { failed, passed, shown, skipped } from '../verdict.ts';
import type { Entrance } from './checks.ts';
import { enter } from './enter.ts';

/** Reads the token of the stub that stands behind a port of Holdfast's own balancer. */
export async function throughOurs(
  scene: Scene,
  entrance: Entrance,
  probed: ProbedFrontend | undefined,
  signal: AbortSignal,
): Promise<Verdict> {
  const { frontend, name } = entrance;
  const { port } = frontend;
  if (!probed) return failed(findings.noFrontend({ port }));
  if ('busy' in probed) return skipped(findings.balancerInUse({ port, reason: probed.busy }));
  const { address, reply } = await enter(
    scene,
    entrance,
    frontend.check.kind === 'https' ? frontend.check.path : '/',
    signal,
  );
  const at = { name, address, port };
  if (reply.kind === 'said') {
    if (findStubWord(reply.text)?.token === probed.token) return passed(findings.tokenRead({ address }));
    return failed(findings.otherAnswers({ ...at, planned: frontend.address, status: reply.status }));
  }
  if (reply.kind === 'closed' || reply.kind === 'other')
    return failed(findings.wayBroken({ ...at, planned: frontend.address, detail: shown(reply.detail) }));
  return failed(findings.portShut({ ...at, planned: frontend.address, detail: shown(reply.detail) }));
}
