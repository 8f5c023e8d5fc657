import type { FileEntry } from './types.ts';

/** What a machine boots with, by the paths of entries that exist. */
export interface ShortNode {
  readonly node: string;
  readonly role: string;
  readonly address: string;
  readonly ignition: string;
  /** Its iPXE script. */
  readonly script?: string;
}

/** What is typed at a console in place of the full addresses. */
export interface ShortUrls {
  /** For `coreos.inst.image_url`. */
  readonly image: string;
  /** For `coreos.inst.ignition_url`: the same on every machine, answered by the address that asks. */
  readonly ignition: string;
  /** For `coreos.inst.ignition_url` of a machine behind an address translation. */
  readonly ignitionOf: ReadonlyMap<string, string>;
  /** For iPXE's `chain`. */
  readonly script: string;
}

/**
 * Aliases of one letter: `/r` the raw image, `/i` the ignition and `/x` the iPXE script of whichever machine asks; besides
 * `/b`, `/m1`, `/w1` … the ignition of one node, numbered within its role in the order given.
 */
export function shortEntries(image: string | undefined, nodes: readonly ShortNode[]): readonly FileEntry[] {
  const at = (address: string) => nodes.find((node) => node.address === address);
  const own = shortNames(nodes);
  return [
    ...(image === undefined ? [] : [{ path: '/r', from: { alias: image } }]),
    { path: '/i', from: { alias: ({ address }) => at(address)?.ignition } },
    { path: '/x', from: { alias: ({ address }) => at(address)?.script } },
    ...nodes.map(({ node, ignition }) => ({ path: `/${own.get(node)}`, from: { alias: ignition } })),
  ];
}

/**
 * The short addresses below `host:port`. The installer of RHCOS up to 4.5 reads with curl, which takes an address without
 * `http://`; from 4.6 on it needs the scheme, and the live image carries what it installs.
 */
export function shortUrls(hostAndPort: string, nodes: readonly ShortNode[], legacy: boolean): ShortUrls {
  const base = legacy ? hostAndPort : `http://${hostAndPort}`;
  const own = [...shortNames(nodes)].map(([node, name]) => [node, `${base}/${name}`] as const);
  return {
    image: `${base}/r`,
    ignition: `${base}/i`,
    ignitionOf: new Map(own),
    script: `http://${hostAndPort}/x`,
  };
}

function shortNames(nodes: readonly ShortNode[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const names = nodes.map(({ node, role }): [string, string] => {
    if (role === 'bootstrap') return [node, 'b'];
    const count = (counts.get(role) ?? 0) + 1;
    counts.set(role, count);
    return [node, `${role.slice(0, 1)}${count}`];
  });
  return new Map(names);
}
