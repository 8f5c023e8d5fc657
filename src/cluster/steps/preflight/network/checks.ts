import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Plan } from '../../../plan/index.ts';
import { findings } from '../findings.ts';
import { interfaceWith } from '../machine/interfaces.ts';
import type { Check, Scene, Verdict } from '../types.ts';
import { failed, passed, skipped, warning } from '../verdict.ts';

const usualMtu = 1500;
/** Headers of IPv4 and ICMP, which are not in the size that ping is given. */
const pingHeaderBytes = 28;

/** How large packets may be: on the interface of this machine, for the pods' network, and on the way to the gateway. */
export function networkChecks({ plan }: Scene): readonly Check[] {
  const check = (id: string, title: string, run: Check['run']): Check => ({
    id: `network.${id}`,
    group: 'network',
    title,
    run,
  });
  return [
    check('mtu', `MTU ${plan.networks.machine}`, () => mtuVerdict(plan)),
    check('gateway', `ping ${plan.networks.gateway}`, (signal) => gatewayVerdict(plan, signal)),
  ];
}

/** What the pods' network takes of each packet: VXLAN 50 bytes, Geneve 100 (openshift-docs, changing the cluster network MTU). */
export const overlayBytes = ({ networks }: Plan): number => (networks.type === 'OpenShiftSDN' ? 50 : 100);

async function mtuVerdict(plan: Plan): Promise<Verdict> {
  const mtu = await mtuHere(plan);
  if (mtu === undefined) return skipped(findings.mtuUnknown());
  const { name, bytes } = mtu;
  const pods = plan.networks.mtu;
  const most = bytes - overlayBytes(plan);
  if (pods !== undefined && pods > most) return failed(findings.mtuTooLarge({ name, bytes, pods, most }));
  if (bytes < usualMtu) return warning(findings.mtuSmall({ name, bytes }));
  return passed(findings.mtuRight({ name, bytes, pods: pods ?? most }));
}

async function mtuHere(plan: Plan): Promise<{ name: string; bytes: number } | undefined> {
  const name = interfaceWith(plan.bastion.address);
  if (name === undefined || !/^[\w.@-]{1,15}$/.test(name)) return undefined;
  const text = await readFile(`/sys/class/net/${name.split('@')[0]}/mtu`, 'utf8').catch(() => '');
  return /^\d+\s*$/.test(text) ? { name, bytes: Number(text) } : undefined;
}

/** As far as ping is there: the gateway answers, and a packet of full size goes through whole. */
async function gatewayVerdict(plan: Plan, signal: AbortSignal): Promise<Verdict> {
  const { gateway } = plan.networks;
  const mtu = await mtuHere(plan);
  if (mtu === undefined) return skipped(findings.mtuUnknown());
  const small = await ping(gateway, 56, signal);
  if (small === 'absent') return skipped(findings.noPing());
  if (small === 'silent') return warning(findings.gatewaySilent({ gateway }));
  const size = mtu.bytes - pingHeaderBytes;
  if ((await ping(gateway, size, signal)) !== 'answers')
    return warning(findings.pathNarrow({ gateway, bytes: mtu.bytes }));
  return passed(findings.gatewayAnswers({ bytes: mtu.bytes }));
}

function ping(address: string, bytes: number, signal: AbortSignal): Promise<'answers' | 'silent' | 'absent'> {
  const args = ['-c', '1', '-W', '1', '-M', 'do', '-s', String(bytes), address];
  return new Promise((resolve) => {
    execFile('ping', args, { timeout: 4_000, maxBuffer: 64 * 1024, signal }, (error) => {
      if (!error) return resolve('answers');
      // It is not there, or this user may not.
      const { code } = error as { code?: unknown };
      resolve(code === 'ENOENT' || code === 'EACCES' || code === 2 ? 'absent' : 'silent');
    });
  });
}
