import { indexMediaType } from '../../images/index.ts';
import type { Descriptor } from '../../kernel/index.ts';
import { canonicalJson } from '../format/canonical-json.ts';
import type { Contents } from './contents.ts';

const refName = 'org.opencontainers.image.ref.name';
const role = 'dev.holdfast.role';
const repository = 'dev.holdfast.repository';

/**
 * The layout's `index.json` (image-spec `image-layout.md`): every snapshot under its id, every mirrored image under its image
 * tag, and what was made later. Where two repositories have one image tag, the repository stands before it.
 */
export function layoutIndexOf({ links }: Contents): string {
  const snapshots = links.flatMap(({ contents }) => contents);
  const images = snapshots.flatMap(({ entries }) =>
    entries.filter((it) => it.annotations?.[role] !== 'about'),
  );
  const spread = Map.groupBy(new Set(images.map(fullNameOf)), (name) =>
    name.slice(name.lastIndexOf(':') + 1),
  );
  const manifests: Descriptor[] = [];
  const seen = new Set<string>();
  const add = ({ mediaType, digest, size, artifactType, annotations = {} }: Descriptor, name?: string) => {
    const key = `${digest} ${name ?? ''}`;
    if (seen.has(key)) return;
    seen.add(key);
    const { [refName]: _own, ...rest } = annotations;
    const named = { ...rest, ...(name !== undefined && { [refName]: name }) };
    manifests.push({
      mediaType,
      digest,
      size,
      ...(artifactType !== undefined && { artifactType }),
      ...(Object.keys(named).length > 0 && { annotations: named }),
    });
  };
  for (const { snapshot, root, referrers } of snapshots) {
    add(root, snapshot.id);
    for (const later of referrers) add({ ...later.root, artifactType: later.artifactType });
  }
  for (const image of images) {
    const tag = image.annotations?.[refName];
    if (tag === undefined) continue;
    add(image, spread.get(tag)!.length > 1 ? fullNameOf(image) : tag);
  }
  return canonicalJson({ schemaVersion: 2, mediaType: indexMediaType, manifests });
}

function fullNameOf({ annotations = {} }: Descriptor): string {
  return `${annotations[repository] ?? ''}:${annotations[refName] ?? ''}`;
}
