import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after } from 'node:test';
import { runCli } from '../../src/cli/index.ts';
import { program } from '../../src/main/program.ts';

const executable = resolve(import.meta.dirname, '../../bin/holdfast');

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
  /** The processes that ran commands, also those that have ended. */
  readonly pids: ReadonlySet<number>;
  /** Runs a command to its end, in this process: the same program, without the second that each start takes. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Starts a command as a process of its own, which may go on; whatever still runs is ended with the suite. */
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
  const pids = new Set([process.pid]);
  after(async () => {
    for (const { child, ended } of running) {
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(data, { recursive: true, force: true });
  });
  const environment = (env: RunOptions['env']) => ({
    ...Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(HOLDFAST_|LC_|LANG)/.test(name)),
    ),
    HOLDFAST_DATA: data,
    HOLDFAST_LANG: 'en',
    HOLDFAST_LISTEN: '127.0.0.1:0',
    HOLDFAST_REPLAY_LISTEN: '127.0.0.1:0',
    HOLDFAST_EGRESS_ALLOW: '127.0.0.0/8',
    ...env,
  });
  const run: Holdfast['run'] = async (args, { env, input = '' } = {}) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const said = [text(stdout), text(stderr)] as const;
    const io = {
      stdin: Readable.from([Buffer.from(input)]),
      stdout,
      stderr,
      env: environment(env),
      cwd: process.cwd(),
      interrupted: new AbortController().signal,
    };
    const code = await runCli(args, io as unknown as Parameters<typeof runCli>[1], program);
    stdout.end();
    stderr.end();
    return ended(code, await said[0], await said[1]);
  };
  const start: Holdfast['start'] = (args, { env, input } = {}) => {
    const child = spawn(executable, args, { env: environment(env), stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    const started = watch(child);
    if (child.pid !== undefined) pids.add(child.pid);
    running.add(started);
    void started.ended.then(() => running.delete(started));
    return started;
  };
  return { data, pids, start, run };
}

function ended(code: number | null, stdout: string, stderr: string): Ended {
  return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
}

function watch(child: ChildProcess): Started {
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk) => {
      said += chunk;
      for (const listen of listeners) listen();
    });
  const ending = (async (): Promise<Ended> => {
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      new Promise<number | null>((done) => child.once('close', done)),
    ]);
    return ended(code, stdout, stderr);
  })();
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((found, failed) => {
      const look = () => {
        const match = pattern.exec(said);
        if (match) found(match);
      };
      listeners.add(look);
      look();
      void ending.then(() => failed(new Error(`It ended without saying ${pattern}:\n${said}`)));
    });
  return { child, ended: ending, says };
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
