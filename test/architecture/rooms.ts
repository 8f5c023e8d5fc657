/** A room of the program: a folder of src/. */
export interface Room {
  readonly name: string;
  readonly what: string;
  /** The rooms whose doors it may import; every room may import `kernel`. */
  readonly mayImport: readonly string[];
  /** Those of `mayImport` that it may take types from and nothing else. */
  readonly typesOnly?: readonly string[];
}

const rooms = [
  'auth',
  'bundle',
  'capture',
  'cluster/media',
  'cluster/plan',
  'cluster/steps',
  'config',
  'db',
  'images',
  'jobs',
  'links',
  'registry',
  'search',
  'services/dns',
  'services/files',
  'services/lb',
  'store',
];

/** Which room may import which; ARCHITECTURE.md shows the same table. */
export const table: readonly Room[] = [
  {
    name: 'kernel',
    what: 'digest, descriptor, errors, ids, clock, Logger and Progress types',
    mayImport: [],
  },
  {
    name: 'config',
    what: 'one schema for every setting; flag > environment > file > default; docs made from it',
    mayImport: [],
  },
  { name: 'db', what: 'connection (SQLite or Postgres), migrations, dialect, changes', mayImport: [] },
  { name: 'store', what: 'content-addressed blobs; file-system and memory adapters', mayImport: [] },
  {
    name: 'jobs',
    what: 'durable queue and runner: lease, heartbeat, retry, lanes, cancel',
    mayImport: ['db'],
  },
  {
    name: 'search',
    what: 'query language, tokens (Han bigrams), full text index on both databases',
    mayImport: ['db'],
  },
  { name: 'auth', what: 'users, sessions, API tokens', mayImport: ['db'] },
  { name: 'links', what: 'links, snapshots, tags', mayImport: ['db', 'images', 'jobs', 'search'] },
  {
    name: 'images',
    what: 'OCI and Docker images: manifests, registries, copies, layouts, tars, oc’s mirror folders',
    mayImport: ['store'],
  },
  {
    name: 'registry',
    what: 'OCI distribution server over the store: repositories, access, quotas, TLS',
    mayImport: ['db', 'images', 'store'],
  },
  {
    name: 'capture',
    what: 'what makes and reads snapshots, and the egress guard that every request goes through',
    mayImport: ['images', 'jobs', 'links', 'store'],
  },
  {
    name: 'bundle',
    what: 'what goes across an air gap: parts of a tar with a signed index, receipts, repairs',
    mayImport: ['images', 'links', 'store'],
  },
  {
    name: 'services/dns',
    what: 'DNS server: authoritative zones, forwarding with a cache, metrics, query log',
    mayImport: [],
  },
  {
    name: 'services/lb',
    what: 'layer 4 load balancer: health checks, drain, limits, stats',
    mayImport: [],
  },
  {
    name: 'services/files',
    what: 'HTTP file service: Range, ETag, who fetched what',
    mayImport: ['store'],
  },
  {
    name: 'cluster/plan',
    what: 'pure: a cluster’s plan parsed, checked and rendered; no I/O',
    mayImport: [],
  },
  {
    name: 'cluster/media',
    what: 'boot media of RHCOS: ISO images made ready for one node',
    mayImport: [],
  },
  {
    name: 'cluster/steps',
    what: 'an installation driven from its plan: preflight, ignition, resumable steps',
    mayImport: [
      'bundle',
      'capture',
      'cluster/media',
      'cluster/plan',
      'images',
      'services/dns',
      'services/files',
      'services/lb',
      'store',
    ],
  },
  {
    name: 'texts',
    what: 'every sentence shown to people, in English and 简体中文',
    mayImport: [...rooms, 'cli', 'http'],
    typesOnly: [...rooms, 'cli', 'http'],
  },
  {
    name: 'http',
    what: 'the API over the rooms, the web interface’s files, the replay origin',
    mayImport: [...rooms.filter((room) => room !== 'db'), 'texts'],
  },
  {
    name: 'cli',
    what: 'the command line: one file per verb; parses, calls, prints',
    mayImport: [...rooms, 'texts'],
  },
  {
    name: 'web',
    what: 'the web interface; talks to the API',
    mayImport: ['http', 'texts'],
    typesOnly: ['http'],
  },
  {
    name: 'main',
    what: 'composition root: the only place that knows the adapters',
    mayImport: [...rooms, 'cli', 'http', 'texts'],
  },
];

/** The table as Markdown. */
export function tableAsMarkdown(): string {
  const rows = table.map((room) => {
    const allowed = room.mayImport.map((name) =>
      room.typesOnly?.includes(name) && room.typesOnly.length < room.mayImport.length
        ? `${name} (types)`
        : name,
    );
    const all = room.typesOnly?.length === room.mayImport.length && allowed.length > 0;
    return `| \`${room.name}/\` | ${room.what} | ${allowed.join(', ') || 'nothing'}${all ? ' (types)' : ''} |`;
  });
  return ['| room | what it is | may import, besides `kernel` |', '| --- | --- | --- |', ...rows].join('\n');
}
