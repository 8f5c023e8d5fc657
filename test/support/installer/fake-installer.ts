import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCertificates } from './short-certificates.ts';

export interface FakeInstallerOptions {
  /** Which form of ignition it writes; default `4.5`. */
  readonly version?: string;
  /** What it puts at auth/kubeconfig. */
  readonly kubeconfig?: string;
  /** How long the short certificates live from now; default a day. */
  readonly lifeMs?: number;
  /** Says so and ends with an error. */
  readonly fails?: string;
  /** Leaves out what was put beside its own manifests. */
  readonly forgets?: boolean;
  /** Writes the pull secret and the password to its log, as a careless program would. */
  readonly tells?: boolean;
  /** Hangs until it is ended. */
  readonly hangs?: boolean;
}

const certificates = new Map<number, Promise<Record<string, string>>>();

/** Puts a program at `folder`/openshift-install that does to files what the real one does, traps included; gives its path. */
export async function writeFakeInstaller(
  folder: string,
  options: FakeInstallerOptions = {},
): Promise<string> {
  const path = join(folder, 'openshift-install');
  const { lifeMs = 24 * 3_600_000 } = options;
  const made = certificates.get(lifeMs) ?? makeCertificates(lifeMs);
  certificates.set(lifeMs, made);
  const given = join(folder, 'fake-installer.json');
  writeFileSync(given, JSON.stringify({ options, certificates: await made }));
  const script = fileURLToPath(new URL('./fake-installer-main.ts', import.meta.url));
  const words = [process.execPath, '--no-warnings', script, given];
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  writeFileSync(path, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
