import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { errorText } from '../../../kernel/index.ts';
import { stepsErrors } from '../errors.ts';

/** What `openshift-install create` is asked for. */
export type InstallerTarget = 'manifests' | 'ignition-configs' | 'single-node-ignition-config';

export interface InstallerRun {
  readonly installer: string;
  readonly target: InstallerTarget;
  /** The folder that it works in. */
  readonly folder: string;
  readonly releaseImage?: string;
  readonly redact: (text: string) => string;
  readonly onLine: (line: string) => void;
  readonly signal?: AbortSignal;
}

const longestMs = 15 * 60_000;
const longestLine = 8192;
const killAfterMs = 5000;

/**
 * Runs `openshift-install create <target>` with nothing of this process's environment but the path. Throws
 * `cluster.installerMissing` where it cannot be started, `cluster.installerFailed` with what it said last.
 */
export async function runInstaller(run: InstallerRun): Promise<void> {
  const { installer, target, folder, releaseImage, redact, onLine, signal } = run;
  signal?.throwIfAborted();
  const child = spawn(installer, ['create', target, '--dir', folder, '--log-level', 'debug'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // It keeps a cache in its home, which is to be new as all the rest.
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      ...(releaseImage !== undefined && { OPENSHIFT_INSTALL_RELEASE_IMAGE_OVERRIDE: releaseImage }),
    },
  });
  const said: string[] = [];
  const read = async (stream: NodeJS.ReadableStream) => {
    for await (const line of createInterface({ input: stream })) {
      const clean = redact(line.slice(0, longestLine));
      onLine(clean);
      if (/level=(?:error|fatal)|^(?:ERROR|FATAL)/.test(clean)) said.push(messageOf(clean));
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill('SIGTERM');
    timer ??= setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  };
  const limit = setTimeout(end, longestMs);
  signal?.addEventListener('abort', end);
  try {
    const ended = new Promise<string | undefined>((done, failed) => {
      child.once('error', failed);
      child.once('close', (code, by) => done(code === 0 ? undefined : (by ?? `exit code ${code}`)));
    });
    const [fault] = await Promise.all([ended, read(child.stdout), read(child.stderr)]);
    signal?.throwIfAborted();
    if (fault === undefined) return;
    const detail = said.length > 0 ? said.slice(-3).join('; ') : fault;
    throw stepsErrors.installerFailed({ command: `openshift-install create ${target}`, detail });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall?.startsWith('spawn'))
      throw stepsErrors.installerMissing({ path: installer, detail: errorText(error) }, { cause: error });
    throw error;
  } finally {
    clearTimeout(limit);
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

/** The message of a line as logrus writes it: `time=… level=fatal msg="…"`, or `FATAL …` on a terminal. */
export function messageOf(line: string): string {
  const match = /\bmsg=("(?:[^"\\]|\\.)*"|\S+)/.exec(line);
  if (!match) return line.replace(/^(?:DEBUG|INFO|WARNING|ERROR|FATAL)\s+/, '');
  try {
    return match[1]!.startsWith('"') ? String(JSON.parse(match[1]!)) : match[1]!;
  } catch {
    return match[1]!;
  }
}
