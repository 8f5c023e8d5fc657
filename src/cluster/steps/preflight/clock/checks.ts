import { isIP } from 'node:net';
import { findings } from '../findings.ts';
import { findAddress } from '../names/ask.ts';
import type { Check, Scene, Verdict } from '../types.ts';
import { failed, passed, skipped, warning } from '../verdict.ts';
import { askTime } from './sntp.ts';

const timeoutMs = 3_000;
/** Beyond this certificates that were just made are not valid yet, and etcd warns; milliseconds. */
const mostMs = 5_000;
const doubtfulMs = 500;

/** This clock against every time server of the plan. */
export function clockChecks(scene: Scene): readonly Check[] {
  const { timeServers } = scene.plan;
  if (timeServers.length === 0)
    return [
      { id: 'clock', group: 'clock', title: 'NTP', run: async () => skipped(findings.noTimeServers()) },
    ];
  return timeServers.map((server) => ({
    id: `clock.${server}`,
    group: 'clock',
    title: server,
    run: (signal) => compare(scene, server, signal),
  }));
}

async function compare(scene: Scene, server: string, signal: AbortSignal): Promise<Verdict> {
  const address = isIP(server) ? server : await findAddress(scene, server, signal);
  if (address === undefined) return failed(findings.timeServerUnknown({ server }));
  const at = scene.place({ host: address, port: 123 });
  const said = await askTime({
    address: at.host,
    port: at.port,
    timeoutMs,
    signal,
    now: () => scene.clock.now(),
  });
  switch (said.kind) {
    case 'silent':
      return failed(findings.timeServerSilent({ server, reason: said.reason }));
    case 'refused':
      return failed(findings.timeServerRefuses({ server, code: said.code }));
    case 'unsynchronised':
      return failed(findings.timeServerLost({ server }));
    case 'time': {
      const { offsetMs, delayMs, stratum } = said;
      const off = Math.abs(offsetMs);
      if (off > mostMs) return failed(findings.clockWrong({ server, offsetMs }));
      if (off > doubtfulMs) return warning(findings.clockOff({ server, offsetMs }));
      return passed(findings.clockRight({ offsetMs, delayMs, stratum }));
    }
  }
}
