import { readdir, readFile, readlink } from 'node:fs/promises';

const mostProcesses = 5_000;
const mostDescriptors = 2_000;
const listening = '0A';

/** Who holds a local port, as `name (pid)`, by /proc (proc_net_tcp(5)); undefined where this machine or its rights do not tell. */
export async function holderOf(protocol: 'tcp' | 'udp', port: number): Promise<string | undefined> {
  const inodes = await inodesOf(protocol, port);
  if (inodes.size === 0) return undefined;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids.slice(0, mostProcesses)) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of descriptors.slice(0, mostDescriptors)) {
      const inode = /^socket:\[(\d+)\]$/.exec(await readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''))?.[1];
      if (inode === undefined || !inodes.has(inode)) continue;
      const name = (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '?'))
        .replace(/[^\w.-]+/g, '')
        .slice(0, 15);
      return `${name} (${pid})`;
    }
  }
  return undefined;
}

async function inodesOf(protocol: 'tcp' | 'udp', port: number): Promise<ReadonlySet<string>> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(
    [protocol, `${protocol}6`].map((name) => readFile(`/proc/self/net/${name}`, 'utf8').catch(() => '')),
  );
  const rows = tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)));
  return new Set(
    rows
      .filter(
        ([, local = '', , state]) =>
          local.endsWith(`:${wanted}`) && (protocol === 'udp' || state === listening),
      )
      .flatMap((row) => (row[9] === undefined ? [] : [row[9]])),
  );
}
