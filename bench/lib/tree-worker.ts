import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { treeCpuSeconds } from './process-tree.ts';

/** A program of ours in a process tree of its own, asked one line of JSON at a time. */
export interface TreeWorker {
  readonly pid: number;
  ask<Answer>(question: object): Promise<Answer>;
  cpuSeconds(): number;
  end(): Promise<void>;
}

/** Runs the program as if it were alone, with a first process that waits for orphans, so that no processor time of browsers that were killed is lost. */
const reaper = ['sh', '-c', '"$@"; exit $?', 'sh'];
const namespaces: readonly (readonly string[])[] = [
  ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'],
  ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--mount-proc', '--kill-child'],
];

/** The prefix that works on this machine; undefined where no process namespaces are to be had. */
export const ownNamespace = namespaces.find(
  ([command, ...args]) => spawnSync(command!, [...args, 'true']).status === 0,
);

/** The command line that runs a command in a process namespace of its own, where that is possible; else the command as it is. */
export function inOwnNamespace(command: readonly string[]): readonly string[] {
  return ownNamespace ? [...ownNamespace, ...reaper, ...command] : command;
}

/** Starts a TypeScript program that answers each line of its standard input by one line. */
export function startWorker(file: string, args: readonly string[] = []): TreeWorker {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', file, ...args];
  const [program, ...rest] = inOwnNamespace(command);
  const child: ChildProcess = spawn(program!, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => waiting.shift()?.resolve(line));
  const ended = new Promise<void>((resolve) => {
    child.once('close', (code) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`Worker "${file}" ended with ${code}`));
      resolve();
    });
  });
  return {
    pid: child.pid!,
    async ask<Answer>(question: object) {
      const line = await new Promise<string>((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin!.write(`${JSON.stringify(question)}\n`);
      });
      const answer = JSON.parse(line) as { error?: string };
      if (answer.error) throw new Error(answer.error);
      return answer as Answer;
    },
    cpuSeconds: () => treeCpuSeconds(child.pid!),
    async end() {
      child.stdin!.end();
      await ended;
    },
  };
}

/** The other side: answers questions, one after another, until there are no more. */
export async function answerQuestions<Question>(
  answer: (question: Question) => Promise<object>,
): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    let reply: object;
    try {
      reply = await answer(JSON.parse(line));
    } catch (error) {
      reply = { error: String(error instanceof Error ? error.stack : error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}
