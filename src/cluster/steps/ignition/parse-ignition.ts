import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** An ignition file, as far as Holdfast looks into it. */
export interface ParsedIgnition {
  /** Of the ignition specification: `2.2.0`, `3.2.0`. */
  readonly version: string;
  /** What is written on the node, by path; files that are fetched from elsewhere are left out. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The authorities by which the node trusts what it fetches. */
  readonly authorities: readonly Uint8Array[];
}

const resource = z.object({ source: z.string().nullish(), compression: z.string().nullish() });
const schema = z.object({
  ignition: z.object({
    version: z.string().max(20),
    security: z
      .object({ tls: z.object({ certificateAuthorities: z.array(resource).nullish() }).nullish() })
      .nullish(),
  }),
  storage: z
    .object({
      files: z.array(z.object({ path: z.string(), contents: resource.nullish() })).nullish(),
    })
    .nullish(),
});

const maxFileBytes = 16 * 1024 ** 2;

/** Reads an ignition file of specification 2 or 3; throws a `SyntaxError` that says what is wrong with it. */
export function parseIgnition(text: string): ParsedIgnition {
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new SyntaxError(`no ignition file: ${parsed.error.issues[0]?.message ?? ''}`);
  const { ignition, storage } = parsed.data;
  const files = new Map<string, Uint8Array>();
  for (const { path, contents } of storage?.files ?? []) {
    const bytes = contents && bytesOf(contents);
    if (bytes) files.set(path, bytes);
  }
  const authorities = (ignition.security?.tls?.certificateAuthorities ?? []).flatMap(
    (it) => bytesOf(it) ?? [],
  );
  return { version: ignition.version, files, authorities };
}

/** The bytes of a data URL (RFC 2397); undefined for another address. */
function bytesOf({ source, compression }: z.infer<typeof resource>): Uint8Array | undefined {
  const match = /^data:([^,]*),/s.exec(source ?? '');
  if (!match || !source) return undefined;
  const rest = source.slice(match[0].length);
  if (rest.length > maxFileBytes * 2) throw new SyntaxError('a file in it is too large');
  const bytes = match[1]!.endsWith(';base64')
    ? Buffer.from(decodeURIComponent(rest), 'base64')
    : Buffer.from(decodeURIComponent(rest));
  return compression === 'gzip' ? gunzipSync(bytes, { maxOutputLength: maxFileBytes }) : bytes;
}
