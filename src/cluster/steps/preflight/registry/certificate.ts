import { findings } from '../findings.ts';
import type { Scene, Verdict } from '../types.ts';
import { failed, passed, shown, warning } from '../verdict.ts';
import { inspectTls } from './inspect-tls.ts';
import { registryAddress } from './registry-address.ts';

const dayMs = 24 * 3_600_000;
const soonDays = 30;

/** The registry's certificate by the plan's trust bundle: its authority, its name among the alternative names, its end. */
export async function certificateVerdict(scene: Scene, signal: AbortSignal): Promise<Verdict> {
  const { plan, trustBundle, clock } = scene;
  const { host, port } = plan.registry;
  const address = await registryAddress(scene, signal);
  const seen = await inspectTls({
    address,
    port,
    name: host,
    signal,
    ...(trustBundle !== undefined && { ca: trustBundle }),
  });
  const at = { host, address, port };
  if (seen.kind === 'unreachable')
    return failed(findings.registryAway({ ...at, detail: shown(seen.detail) }));
  if (seen.kind === 'noTls') return failed(findings.registryNoTls({ ...at, detail: shown(seen.detail) }));
  const ends = Number.isFinite(seen.endsAt) ? new Date(seen.endsAt).toISOString().slice(0, 10) : '?';
  const names = shown(seen.names.replaceAll('DNS:', '').replaceAll('IP Address:', ''), 300);
  if (seen.endsAt <= clock.now()) return failed(findings.certificateEnded({ host, ends }));
  // Programs in Go, which nodes have, do not look at the common name.
  if (seen.names === '') return failed(findings.certificateNoNames({ host }));
  if (seen.fault === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return failed(findings.certificateOtherName({ host, names }));
  if (seen.fault !== undefined)
    return failed(
      findings.certificateUntrusted({ host, issuer: shown(seen.issuer), fault: shown(seen.fault) }),
    );
  const days = Math.floor((seen.endsAt - clock.now()) / dayMs);
  if (days < soonDays) return warning(findings.certificateEndsSoon({ host, ends, days }));
  return passed(findings.certificateRight({ issuer: shown(seen.issuer), ends }));
}
