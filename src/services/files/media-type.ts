const types: Readonly<Record<string, string>> = {
  cfg: 'text/plain; charset=utf-8',
  gz: 'application/gzip',
  ign: 'application/vnd.coreos.ignition+json',
  ipxe: 'text/plain; charset=utf-8',
  iso: 'application/x-iso9660-image',
  json: 'application/json',
  sig: 'application/pgp-signature',
  txt: 'text/plain; charset=utf-8',
  xz: 'application/x-xz',
  zst: 'application/zstd',
};

/** The media type that a path's ending stands for. */
export function mediaTypeOf(path: string): string {
  return types[/\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
