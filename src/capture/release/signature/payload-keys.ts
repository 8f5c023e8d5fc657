import { parseAllDocuments } from 'yaml';
import type { Payload } from '../read-payload.ts';

/** What a release says of its own signatures: where they lie, and which keys make them. */
export interface PayloadKeys {
  /** `store-*`, as written. */
  readonly stores: readonly string[];
  /** `verifier-public-key-*`, armored. */
  readonly keys: readonly string[];
}

const annotation = 'release.openshift.io/verification-config-map';
const maxManifestBytes = 256 * 1024;
const maxEach = 20;

/**
 * Finds the ConfigMaps by which the cluster version operator verifies releases (annotated
 * `release.openshift.io/verification-config-map`), mostly `0000_90_cluster-update-keys_configmap.yaml`. What cannot be read
 * counts as not there.
 */
export function findPayloadKeys(payload: Payload): PayloadKeys {
  const stores = new Set<string>();
  const keys = new Set<string>();
  for (const [name, bytes] of payload) {
    if (!/\.(?:ya?ml|json)$/.test(name) || bytes.length > maxManifestBytes) continue;
    const text = Buffer.from(bytes).toString();
    if (!text.includes(annotation)) continue;
    for (const [key, value] of dataOf(text)) {
      if (key.startsWith('store-') && stores.size < maxEach) stores.add(value.trim());
      if (key.startsWith('verifier-public-key-') && keys.size < maxEach) keys.add(value);
    }
  }
  return { stores: [...stores], keys: [...keys] };
}

/** The texts under `data` of all ConfigMaps in a manifest that are meant for verification. */
function dataOf(text: string): [string, string][] {
  try {
    return parseAllDocuments(text).flatMap((document) => {
      // An alias may stand for as much as whoever wrote it likes, and no manifest needs one.
      const map = document.toJS({ maxAliasCount: 0 }) as {
        kind?: unknown;
        metadata?: { annotations?: object };
        data?: object;
      } | null;
      if (map?.kind !== 'ConfigMap' || !Object.hasOwn(map.metadata?.annotations ?? {}, annotation)) return [];
      return Object.entries(map.data ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
    });
  } catch {
    return [];
  }
}
