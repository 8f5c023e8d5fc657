import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { after } from 'node:test';

const program = resolve(import.meta.dirname, '../../bin/holdfast');

/** What a command ended with. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON; throws where it is none. */
  json<T>(): T;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** The command line on a data folder of its own, as a person has it. */
export interface Holdfast {
  readonly data: string;
  /** The processes that were started, also those that have ended. */
  readonly pids: ReadonlySet<number>;
  /** Runs a command to its end. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Starts a command that goes on; whatever still runs is ended with the suite. */
  start(args: readonly string[], options?: RunOptions): Started;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves as soon as stdout and stderr together hold a match. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** A command line with an empty data folder, which is removed when the suite ends. */
export function newHoldfast(): Holdfast {
  const data = mkdtempSync(join(tmpdir(), 'holdfast-cli-'));
  const running = new Set<Started>();
  const pids = new Set<number>();
  after(async () => {
    for (const { child, ended } of running) {
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(data, { recursive: true, force: true });
  });
  const start: Holdfast['start'] = (args, { env = {}, input } = {}) => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(HOLDFAST_|LC_|LANG)/.test(name));
    const child = spawn(program, args, {
      env: {
        ...Object.fromEntries(inherited),
        HOLDFAST_DATA: data,
        HOLDFAST_LANG: 'en',
        HOLDFAST_LISTEN: '127.0.0.1:0',
        HOLDFAST_REPLAY_LISTEN: '127.0.0.1:0',
        HOLDFAST_EGRESS_ALLOW: '127.0.0.0/8',
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    const started = watch(child);
    if (child.pid !== undefined) pids.add(child.pid);
    running.add(started);
    void started.ended.then(() => running.delete(started));
    return started;
  };
  return { data, pids, start, run: (args, options) => start(args, options).ended };
}

function watch(child: ChildProcess): Started {
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk) => {
      said += chunk;
      for (const listen of listeners) listen();
    });
  const ended = (async (): Promise<Ended> => {
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      new Promise<number | null>((done) => child.once('close', done)),
    ]);
    return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
  })();
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((found, failed) => {
      const look = () => {
        const match = pattern.exec(said);
        if (match) found(match);
      };
      listeners.add(look);
      look();
      void ended.then(() => failed(new Error(`It ended without saying ${pattern}:\n${said}`)));
    });
  return { child, ended, says };
}

/** A web server on a loopback port, which ends with this process; gives its origin. */
export async function serveSite(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // It ends with the process: hooks cannot be added while others run.
  server.unref();
  server.on('connection', (socket) => socket.unref());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
