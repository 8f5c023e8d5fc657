import { execFile } from 'node:child_process';
import { findings } from '../findings.ts';
import type { Check, Scene, Verdict } from '../types.ts';
import { passed, skipped, warning } from '../verdict.ts';
import { listenersOf } from './listeners.ts';

const timeoutMs = 5_000;
const mostBytes = 64 * 1024;

/** Whether firewalld, where it runs, lets through what the bastion serves. Other firewalls are not asked. */
export function firewallChecks({ plan }: Scene): readonly Check[] {
  const wanted = [...new Set(listenersOf(plan).map(({ protocol, port }) => `${port}/${protocol}`))];
  if (wanted.length === 0) return [];
  return [
    {
      id: 'ports.firewall',
      group: 'ports',
      title: 'firewalld',
      run: (signal) => askFirewalld(wanted, signal),
    },
  ];
}

async function askFirewalld(wanted: readonly string[], signal: AbortSignal): Promise<Verdict> {
  const listed = await output(['--list-all'], signal);
  if (listed === undefined) return skipped(findings.noFirewalld({ ports: wanted.join(' ') }));
  const closed = closedPorts(listed, wanted);
  if (closed.length === 0) return passed(findings.firewallOpen());
  const options = closed.map((port) => `--add-port=${port}`).join(' ');
  return warning(findings.firewallShut({ ports: closed.join(', '), options }));
}

/** The services of firewalld that stand for ports that a bastion may have. */
const servicePorts: Readonly<Record<string, readonly string[]>> = {
  dns: ['53/udp', '53/tcp'],
  http: ['80/tcp'],
  https: ['443/tcp'],
  'kube-apiserver': ['6443/tcp'],
};

/** Which of the ports a zone does not let through, by what `firewall-cmd --list-all` says of it. */
export function closedPorts(listed: string, wanted: readonly string[]): readonly string[] {
  const line = (name: string) =>
    new RegExp(`^\\s*${name}:(.*)$`, 'm').exec(listed)?.[1]?.trim().split(/\s+/) ?? [];
  if (/^\s*target: ACCEPT$/m.test(listed)) return [];
  const open = [...line('ports'), ...line('services').flatMap((name) => servicePorts[name] ?? [])];
  return wanted.filter((port) => !open.some((one) => covers(one, port)));
}

function covers(open: string, wanted: string): boolean {
  const [range = '', protocol] = open.split('/');
  const [port = '', wantedProtocol] = wanted.split('/');
  const [from = '', to = from] = range.split('-');
  return protocol === wantedProtocol && Number(from) <= Number(port) && Number(port) <= Number(to);
}

/** What firewall-cmd says; undefined where there is none, or it does not run. */
function output(args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      'firewall-cmd',
      [...args],
      { timeout: timeoutMs, maxBuffer: mostBytes, signal },
      (error, stdout) => resolve(error ? undefined : stdout),
    );
  });
}
