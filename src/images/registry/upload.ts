import { createHash } from 'node:crypto';
import { type Descriptor, splitDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { ask } from './ask.ts';
import { type Endpoint, nameOf } from './context.ts';

/** Where an upload that was begun goes on. */
export type Session = URL;

/** Begins an upload (distribution-spec "Pushing a blob monolithically", POST then PUT). */
export async function beginUpload(endpoint: Endpoint): Promise<Session> {
  const url = endpoint.url('blobs/uploads/');
  const answer = await ask(endpoint, { method: 'POST', url, headers: { 'content-length': '0' } });
  answer.discard();
  if (answer.status !== 202) throw unexpected(endpoint, answer.status, 'POST');
  return endpoint.wire.follow(answer.headers.location, url);
}

/** Asks to take the blob over from another repository (distribution-spec "Mounting a blob from another repository"): true where that was done, else the upload that was begun instead. */
export async function mountBlob(
  endpoint: Endpoint,
  { digest }: Descriptor,
  from: string,
): Promise<true | Session | undefined> {
  const url = endpoint.url('blobs/uploads/');
  url.search = `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`;
  const scopes = [...endpoint.scopes, `repository:${from}:pull`];
  const headers = { 'content-length': '0' };
  const answer = await ask(endpoint, { method: 'POST', url, headers, scopes }, [400, 401, 403, 404, 405]);
  answer.discard();
  if (answer.status === 201) return true;
  return answer.status === 202 ? endpoint.wire.follow(answer.headers.location, url) : undefined;
}

/** Sends all bytes of a blob in one request; throws `images.wrongBytes` where they are not what its descriptor says. */
export async function sendBlob(
  endpoint: Endpoint,
  session: Session,
  descriptor: Descriptor,
  open: () => AsyncIterable<Uint8Array>,
): Promise<void> {
  const url = new URL(session);
  // As text: the state in a Location must come back letter for letter.
  url.search = `${url.search === '' ? '?' : `${url.search}&`}digest=${encodeURIComponent(descriptor.digest)}`;
  const answer = await ask(endpoint, {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(descriptor.size) },
    body: () => checked(descriptor, open(), nameOf(endpoint)),
  });
  answer.discard();
  if (answer.status !== 201) throw unexpected(endpoint, answer.status, 'PUT');
}

/** The same bytes; ends with an error before the last of them where the whole is wrong, so that no registry has to notice. */
async function* checked(
  { digest, size }: Descriptor,
  source: AsyncIterable<Uint8Array>,
  place: string,
): AsyncGenerator<Uint8Array> {
  const { algorithm } = splitDigest(digest);
  const hash = createHash(algorithm);
  const wrong = (detail: string) => imagesErrors.wrongBytes({ place, digest, detail });
  let at = 0;
  for await (const chunk of source) {
    at += chunk.length;
    if (at > size) throw wrong(`more than its ${size} bytes came`);
    hash.update(chunk);
    if (at === size) {
      const actual = `${algorithm}:${hash.digest('hex')}`;
      if (actual !== digest) throw wrong(`they have the digest ${actual}`);
    }
    yield chunk;
  }
  if (at < size) throw wrong(`they end at byte ${at} of ${size}`);
}

const unexpected = ({ host }: Endpoint, status: number, method: string) =>
  imagesErrors.badAnswer({ host, detail: `status ${status} to ${method} of an upload` });
