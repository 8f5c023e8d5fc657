import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EgressGuard, ProxyLimits } from '../../egress/index.ts';
import { captureErrors } from '../../errors.ts';
import { CdpConnection } from '../cdp/connection.ts';
import { pipeTransport } from '../cdp/pipe-transport.ts';
import type { CaptureBrowser } from './browser.ts';
import { browserFlags } from './flags.ts';
import { browserAccount, makeProfile, removeProfile } from './profile.ts';

const startTimeoutMs = 15_000;

/** False once Chromium said that its sandbox does not work here (no user namespaces); then it is not tried again. */
let sandboxWorks = true;

/** Starts a browser with a proxy of its own; throws `capture.browserFailed`. */
export async function launchBrowser(
  path: string,
  guard: EgressGuard,
  limits: ProxyLimits,
): Promise<CaptureBrowser> {
  const proxy = await guard.openProxy(limits);
  try {
    if (sandboxWorks) {
      try {
        return await start(path, proxy, true);
      } catch (error) {
        if (sandboxWorks) throw error;
      }
    }
    return await start(path, proxy, false);
  } catch (error) {
    await proxy.close();
    throw error;
  }
}

async function start(
  path: string,
  proxy: CaptureBrowser['proxy'],
  sandbox: boolean,
): Promise<CaptureBrowser> {
  const profile = await makeProfile();
  const child = spawn(path, browserFlags({ profile, proxy: proxy.address, sandbox }), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own, so that its helpers end with it.
    detached: true,
    env: {
      HOME: profile,
      PATH: process.env.PATH ?? '',
      LANG: 'en_US.UTF-8',
      TZ: process.env.TZ ?? '',
      FONTCONFIG_PATH: '/etc/fonts',
    },
    ...browserAccount,
  });
  let complaint = '';
  child.stderr!.on('data', (data: Buffer) => {
    complaint = (complaint + data.toString('utf8')).slice(-2_000);
  });
  const told = new Promise((resolve) => child.stderr!.once('close', resolve));
  const failed = new Promise<string>((resolve) => child.once('error', (error) => resolve(error.message)));
  const connection = new CdpConnection(pipeTransport(child.stdio[3] as Writable, child.stdio[4] as Readable));
  // Helpers that outlive it for a while hold the pipe open.
  child.once('exit', () => connection.close('the browser ended'));
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= endBrowser(child, connection, proxy, profile);
    return closing;
  };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.close();
  }, startTimeoutMs);
  try {
    const version = await Promise.race([
      connection.session().send<{ product: string; userAgent: string }>('Browser.getVersion'),
      failed.then((detail) => Promise.reject(captureErrors.browserFailed({ path, detail }))),
    ]);
    return {
      connection,
      proxy,
      product: version.product.replace('Headless', ''),
      userAgent: version.userAgent.replace('Headless', ''),
      sandboxed: sandbox,
      close,
    };
  } catch (cause) {
    const ending = howItEnded(child, late);
    connection.close();
    signalGroup(child, 'SIGKILL');
    await Promise.race([told, sleep(1_000, undefined, { ref: false })]);
    await removeProfile(profile);
    // Any other failure, such as a machine too busy to start it in time, must not cost the sandbox for good.
    if (sandbox && /sandbox|namespace|zygote|seccomp/i.test(complaint)) sandboxWorks = false;
    const detail = [ending, complaint.trim().split('\n').at(-1)].filter(Boolean).join(': ');
    throw captureErrors.browserFailed({ path, detail }, { cause });
  } finally {
    clearTimeout(timer);
  }
}

function howItEnded(child: ChildProcess, late: boolean): string {
  if (late) return `it did not answer within ${startTimeoutMs / 1000} s`;
  if (child.signalCode) return `it was ended by ${child.signalCode}`;
  return child.exitCode === null ? 'it closed its connection' : `it ended with ${child.exitCode}`;
}

async function endBrowser(
  child: ChildProcess,
  connection: CdpConnection,
  proxy: CaptureBrowser['proxy'],
  profile: string,
): Promise<void> {
  const ended =
    child.exitCode === null && child.signalCode === null
      ? new Promise((resolve) => child.once('exit', resolve))
      : undefined;
  connection.close();
  // Nothing in the browser is worth a farewell: the profile is thrown away.
  signalGroup(child, 'SIGKILL');
  await Promise.all([ended, proxy.close()]);
  await removeProfile(profile);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {}
}
