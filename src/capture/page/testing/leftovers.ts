import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const mark = `holdfast-browser-${process.pid}-`;

/** The process groups of browsers that were seen; helpers say nowhere else whose they are. */
const groups = new Set<string>();

/** Browser processes that this process started. */
export function browserProcesses(kind: 'all' | 'browser' | 'renderer' = 'all'): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, command: textOf(pid, 'cmdline'), group: groupOf(pid) }));
  for (const { command, group } of all) if (command.includes(mark)) groups.add(group);
  return all
    .filter(({ group }) => groups.has(group))
    .filter(({ command }) => {
      const type = /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser';
      return kind === 'all' || type === kind;
    })
    .map(({ pid }) => Number(pid));
}

/** The process group; empty for one that has ended and only waits to be asked for its exit code. */
function groupOf(pid: string): string {
  // pid (name) state ppid pgrp: a name may hold spaces and parentheses.
  const [state, , group] = textOf(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return state === 'Z' ? '' : (group ?? '');
}

/** What captures of this process left behind: processes, profile folders, listeners. */
export function leftovers(): string[] {
  return [
    ...browserProcesses().map((pid) => `process ${pid}`),
    ...readdirSync(tmpdir())
      .filter((name) => name.startsWith(mark))
      .map((name) => join(tmpdir(), name)),
    ...process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap'),
  ];
}

/** Fails where something was left behind that was not there `before`; the kernel may take a moment to bury a process. */
export async function assertNothingLeft(
  before: readonly string[] = [],
  matters: () => boolean = () => true,
): Promise<void> {
  const added = () => {
    const known = [...before];
    return leftovers().filter((one) => {
      const at = known.indexOf(one);
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
  };
  for (let tries = 0; tries < 40 && matters() && added().length > 0; tries++) await sleep(50);
  if (matters()) assert.deepEqual(added(), [], 'Something was left behind');
}

function textOf(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
