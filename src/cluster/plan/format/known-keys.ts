import { nearest } from '../../../kernel/index.ts';
import type { Path } from '../issue.ts';
import { planSchema } from './schema.ts';

/** What install-config.yaml and its kin call what a plan says elsewhere. */
const elsewhere: Readonly<Record<string, string>> = {
  metadata: 'cluster.name',
  basedomain: 'cluster.baseDomain',
  networking: 'networks',
  machinenetwork: 'networks.machine',
  clusternetwork: 'networks.pods',
  servicenetwork: 'networks.services',
  networktype: 'networks.type',
  hostprefix: 'networks.pods.hostPrefix',
  pullsecret: 'secrets.pullSecret',
  sshkey: 'secrets.sshKey',
  additionaltrustbundle: 'secrets.trustBundle',
  imagecontentsources: 'registry',
  imagedigestsources: 'registry',
  controlplane: 'nodes',
  compute: 'nodes',
  masters: 'nodes',
  workers: 'nodes',
  hosts: 'nodes',
  ip: 'address',
  hostname: 'name',
  device: 'disk',
  nic: 'interface',
  ntp: 'timeServers',
  openshiftversion: 'cluster.version',
};

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

let known: JsonSchema | undefined;

/** The known field that an unknown key at a path most likely stands for. */
export function suggestFor(key: string, path: Path): string {
  const word = key.toLowerCase();
  const keys = keysAt(path);
  const other = Object.hasOwn(elsewhere, word) ? elsewhere[word] : undefined;
  if (other !== undefined && (keys.includes(other) || other.includes('.') || path.length === 0)) return other;
  return nearest(word.slice(0, 64), keys);
}

function keysAt(path: Path): readonly string[] {
  known ??= planSchema.toJSONSchema({ io: 'input' }) as JsonSchema;
  let schema: JsonSchema | undefined = known;
  for (const step of path) schema = typeof step === 'number' ? schema?.items : schema?.properties?.[step];
  return Object.keys(schema?.properties ?? {});
}
