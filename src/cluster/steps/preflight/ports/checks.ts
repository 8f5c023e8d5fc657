import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { findings } from '../findings.ts';
import type { Check, Scene, Verdict } from '../types.ts';
import { failed, passed, skipped, warning } from '../verdict.ts';
import { firewallChecks } from './firewall.ts';
import { holderOf } from './holder.ts';
import { listenersOf, type PlannedListener } from './listeners.ts';

/** Every port that Holdfast takes: held by the bastion that runs, or free for it. */
export function portChecks(scene: Scene): readonly Check[] {
  const checks = listenersOf(scene.plan).map(
    (listener): Check => ({
      id: `ports.${listener.protocol}.${listener.port}`,
      group: 'ports',
      title: `${listener.host}:${listener.port}/${listener.protocol}`,
      run: async () => (await isOurs(scene, listener)) ?? tryToBind(scene, listener),
    }),
  );
  return [...checks, ...firewallChecks(scene)];
}

/** The verdict where the running bastion has the port; its state does not tell of the registry, which a try will. */
async function isOurs(
  { control, place }: Scene,
  { service, host, port }: PlannedListener,
): Promise<Verdict | undefined> {
  if (!control || service === 'registry') return undefined;
  const { listening } = await control.state();
  const at = place({ host, port });
  const has = listening[service]?.some((one) => one.host === at.host && one.port === at.port) ?? false;
  return has ? passed(findings.portServed({ service })) : undefined;
}

async function tryToBind(
  { place, control }: Scene,
  { protocol, host, port, service }: PlannedListener,
): Promise<Verdict> {
  const at = place({ host, port });
  const code = await (protocol === 'udp' ? bindUdp(at) : bindTcp(at));
  const address = `${host}:${port}/${protocol}`;
  if (code === undefined)
    return control && service !== 'registry'
      ? failed(findings.portNotServed({ address, service }))
      : passed(findings.portFree());
  if (code === 'EADDRINUSE') {
    const holder = await holderOf(protocol, at.port);
    // The registry stands in the process of the bastion.
    if (service === 'registry' && control) return passed(findings.portServed({ service }));
    return failed(findings.portTaken({ address, holder: holder ?? '?', service }));
  }
  if (code === 'EACCES') return warning(findings.portForbidden({ address, port: at.port }));
  if (code === 'EADDRNOTAVAIL') return skipped(findings.portElsewhere({ host }));
  return failed(findings.portFails({ address, detail: code }));
}

/** The code of the fault; undefined where the port was to be had, and was given back. */
function bindTcp({ host, port }: { host: string; port: number }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code = '?' }: NodeJS.ErrnoException) => resolve(code));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function bindUdp({ host, port }: { host: string; port: number }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', ({ code = '?' }: NodeJS.ErrnoException) => {
      socket.close();
      resolve(code);
    });
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(undefined)));
  });
}
