/** A place in a program that is kept free for a value: these bytes, which stand in it once. */
export interface Marker {
  readonly name: string;
  readonly bytes: Buffer;
}

function marker(name: string, padding: number): Marker {
  return { name, bytes: Buffer.from(`\0_${name}_\0${'X'.repeat(padding)}\0`, 'latin1') };
}

/** As the installer and `oc` are built with them (`pkg/version` and `pkg/asset/releaseimage` of the installer). */
export const markers = {
  image: marker('RELEASE_IMAGE_LOCATION', 300),
  version: marker('RELEASE_VERSION_LOCATION', 64),
  architecture: marker('RELEASE_ARCHITECTURE_LOCATION', 64),
} as const;

export interface MarkerSearch {
  /** The next bytes of the program. */
  push(bytes: Uint8Array): void;
  /** Where each marker begins, in bytes from the begin of the program. */
  readonly found: ReadonlyMap<Marker, readonly number[]>;
}

/** Finds markers in a program that streams by, also across its pieces; memory is bounded by a piece. */
export function searchMarkers(wanted: readonly Marker[]): MarkerSearch {
  const found = new Map<Marker, number[]>(wanted.map((one) => [one, []]));
  const overlap = Math.max(0, ...wanted.map(({ bytes }) => bytes.length - 1));
  let rest: Buffer = Buffer.alloc(0);
  let restAt = 0;
  return {
    found,
    push(bytes) {
      const window = Buffer.concat([rest, bytes]);
      for (const [one, places] of found) {
        const from = places.at(-1) ?? -1;
        for (let at = window.indexOf(one.bytes); at >= 0; at = window.indexOf(one.bytes, at + 1))
          if (restAt + at > from) places.push(restAt + at);
      }
      const keep = Math.min(overlap, window.length);
      restAt += window.length - keep;
      rest = Buffer.from(window.subarray(window.length - keep));
    },
  };
}
