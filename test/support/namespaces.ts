import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { TestContext } from 'node:test';

/** A host of a test: a network namespace with an address of its own. */
export interface NamespaceHost {
  readonly name: string;
  readonly address: string;
  /** Starts a program there; it is ended with the network. Its pid is that of the program itself. */
  spawn(program: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
  /** Runs a program there to its end; what it wrote to standard output. */
  run(program: string, args: readonly string[]): string;
}

export interface NamespaceNetwork<Name extends string> extends AsyncDisposable {
  readonly hosts: Readonly<Record<Name, NamespaceHost>>;
}

export interface NetworkOptions {
  /** Length of the network's prefix; 24 where nothing is said. */
  readonly prefix?: number;
  /** What `/etc/resolv.conf` of every host names. */
  readonly nameserver?: string;
}

let networks = 0;

/**
 * Makes hosts with these addresses on one bridge, apart from this machine's own network, so that addresses are free to choose
 * and tests do not meet. Undefined, and the test skipped, where this machine does not allow it.
 */
export async function namespaceNetwork<const Name extends string>(
  test: TestContext,
  addresses: Readonly<Record<Name, string>>,
  { prefix = 24, nameserver }: NetworkOptions = {},
): Promise<NamespaceNetwork<Name> | undefined> {
  const id = `hf-${process.pid}-${++networks}`;
  const names = Object.keys(addresses) as Name[];
  const namespaceOf = (name: Name) => `${id}-${name}`;
  const all = [`${id}-bridge`, ...names.map(namespaceOf)];
  const children: ChildProcess[] = [];
  const folders: string[] = [];

  function remove(): void {
    for (const child of children) child.kill('SIGKILL');
    script(all.map((name) => `ip netns del ${name} 2>/dev/null || true`));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }

  try {
    script([
      ...leftBehind().map((name) => `ip netns del ${name}`),
      ...network(all, Object.values(addresses), prefix),
    ]);
  } catch (error) {
    remove();
    test.skip(`hosts can be made only where network namespaces may be: ${String(error).split('\n')[0]}`);
    return undefined;
  }
  // A test that fails hard must not leave them either.
  process.once('exit', remove);
  if (nameserver)
    for (const namespace of all.slice(1)) {
      const folder = `/etc/netns/${namespace}`;
      mkdirSync(folder, { recursive: true });
      folders.push(folder);
      writeFileSync(`${folder}/resolv.conf`, `nameserver ${nameserver}\n`);
    }

  const hosts = Object.fromEntries(
    names.map((name): [Name, NamespaceHost] => {
      const inside = (program: string, args: readonly string[]) => [
        'netns',
        'exec',
        namespaceOf(name),
        program,
        ...args,
      ];
      return [
        name,
        {
          name,
          address: addresses[name],
          spawn(program, args, options = {}) {
            const child = spawn('ip', inside(program, args), options);
            children.push(child);
            return child;
          },
          run: (program, args) =>
            execFileSync('ip', inside(program, args), {
              encoding: 'utf8',
              stdio: ['ignore', 'pipe', 'pipe'],
            }),
        },
      ];
    }),
  ) as Record<Name, NamespaceHost>;

  return {
    hosts,
    async [Symbol.asyncDispose]() {
      const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
      const ended = running.map((child) => once(child, 'exit'));
      for (const child of running) child.kill('SIGKILL');
      await Promise.all(ended);
      process.off('exit', remove);
      remove();
    },
  };
}

/** The commands that make a bridge in the first namespace and join the others to it. */
function network([bridge = '', ...hosts]: readonly string[], addresses: readonly string[], prefix: number) {
  return [
    `ip netns add ${bridge}`,
    `ip -n ${bridge} link add br0 type bridge`,
    `ip -n ${bridge} link set br0 up`,
    ...hosts.flatMap((host, index) => [
      `ip netns add ${host}`,
      `ip -n ${host} link set lo up`,
      `ip -n ${bridge} link add port${index} type veth peer name eth0 netns ${host}`,
      `ip -n ${bridge} link set port${index} master br0 up`,
      `ip -n ${host} addr add ${addresses[index]}/${prefix} dev eth0`,
      `ip -n ${host} link set eth0 up`,
    ]),
  ];
}

/** Namespaces of test processes that were killed. */
function leftBehind(): readonly string[] {
  const listed = execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' });
  return [...listed.matchAll(/^hf-(\d+)-\S+/gm)]
    .filter(([, pid]) => !isRunning(Number(pid)))
    .map(([name]) => name);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function script(commands: readonly string[]): void {
  execFileSync('sh', ['-e'], { input: commands.join('\n'), stdio: ['pipe', 'ignore', 'pipe'] });
}
