import { z } from 'zod';
import type { Digest } from '../../kernel/index.ts';
import { faultOf } from '../snapshot/schema.ts';
import { PayloadFault } from './payload-fault.ts';
import { isPinned, parsePinned } from './pinned-image.ts';

/** A component of a release, as its payload names it. */
export interface ReleaseComponent {
  /** For example `etcd` or `machine-os-content`. */
  readonly name: string;
  /** `host/path`. */
  readonly repository: string;
  readonly digest: Digest;
}

/** What the payload of a release says of it. */
export interface ImageReferences {
  readonly version: string;
  readonly components: readonly ReleaseComponent[];
}

/** The longest `image-references` that is read; that of a release of 200 components has 150 KiB. */
export const maxReferencesBytes = 2 * 1024 * 1024;
const maxComponents = 2_000;

const imageStream = z.object({
  kind: z.literal('ImageStream'),
  metadata: z.object({ name: z.string().regex(/^\d+\.\d+\.\d+[\w.-]{0,80}$/, 'not a version') }),
  spec: z.object({
    tags: z
      .array(
        z.object({
          name: z.string().regex(/^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/, 'not the name of a component'),
          from: z.object({
            kind: z.literal('DockerImage'),
            name: z.string().refine(isPinned, 'not an image that is named by host and digest'),
          }),
        }),
      )
      .min(1)
      .max(maxComponents),
  }),
});

/**
 * Reads `release-manifests/image-references`, the ImageStream that names a release's components (image.openshift.io/v1).
 * Throws `PayloadFault` with the place that is wrong.
 */
export function parseImageReferences(bytes: Uint8Array): ImageReferences {
  if (bytes.length > maxReferencesBytes)
    throw new PayloadFault(`image-references is longer than ${maxReferencesBytes} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new PayloadFault('image-references is not JSON', { cause });
  }
  const parsed = imageStream.safeParse(value);
  if (!parsed.success) throw new PayloadFault(`image-references: ${faultOf(parsed.error)}`);
  const { metadata, spec } = parsed.data;
  const names = new Set<string>();
  const components = spec.tags.map(({ name, from }) => {
    if (names.has(name)) throw new PayloadFault(`image-references names "${name}" twice`);
    names.add(name);
    return { name, ...parsePinned(from.name) };
  });
  return { version: metadata.name, components };
}
