import { type Digest, hasCode } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import { isRepositoryName } from '../names.ts';
import type { Identity } from '../types.ts';
import { digestParameter, sendEmpty } from './answers.ts';
import { appendBody, bodyOf } from './body.ts';
import type { ReferenceCall, RepositoryCall } from './call.ts';
import type { OpenUpload, Owner } from './uploads.ts';

/** How many repositories are looked at for one that a blob may be mounted from. */
const mostSources = 50;

/** POST of an upload (distribution-spec "Pushing a blob in chunks", "monolithically", "Mounting a blob"). */
export async function postUpload(call: RepositoryCall): Promise<void> {
  const { query, uploads } = call;
  const mount = query.get('mount');
  if (mount !== null) {
    const digest = digestParameter(mount);
    if (await mountBlob(call, digest)) return sendCreated(call, digest);
  }
  const digest = query.get('digest');
  if (digest !== null && mount === null) {
    const wanted = digestParameter(digest);
    await putWhole(call, wanted);
    return sendCreated(call, wanted);
  }
  sendAccepted(call, uploads.begin(ownerOf(call)), 0);
}

/** GET of the state of an upload. */
export async function getUpload(call: ReferenceCall): Promise<void> {
  await withUpload(call, async ({ receivedBytes }) => sendAccepted(call, call.reference, receivedBytes, 204));
}

/** DELETE of an upload: what came is thrown away. */
export async function deleteUpload(call: ReferenceCall): Promise<void> {
  await withUpload(call, (upload) => upload.discard());
  sendEmpty(call.response, 204);
}

/** PATCH of an upload: a chunk, which follows what is there, or the whole as a stream. */
export async function patchUpload(call: ReferenceCall): Promise<void> {
  await withUpload(call, async (upload) => {
    await appendChunk(call, upload);
    sendAccepted(call, call.reference, upload.receivedBytes);
  });
}

/** PUT of an upload: its last chunk, where there is a body, and its end; the bytes must have the digest. */
export async function putUpload(call: ReferenceCall): Promise<void> {
  const digest = digestParameter(call.query.get('digest'));
  await withUpload(call, async (upload) => {
    if (hasBody(call) && upload.receivedBytes === 0) {
      checkStart(call, 0);
      await putWhole(call, digest);
      return upload.discard();
    }
    if (hasBody(call)) await appendChunk(call, upload);
    const blob = await upload.finish(digest).catch(digestFault(digest));
    await call.catalog.addBlob(call.repository, blob);
  });
  sendCreated(call, digest);
}

/** The blob in one body, which the store hashes as it comes. */
async function putWhole(call: RepositoryCall, digest: Digest): Promise<void> {
  const { store, catalog, repository, request, response, limits } = call;
  const length = lengthOf(call);
  const checkRoom = await catalog.roomCheck(repository);
  if (length !== undefined) checkRoom(length);
  async function* checked() {
    let sizeBytes = 0;
    for await (const part of bodyOf(request, response, limits.stallMs)) {
      sizeBytes += part.length;
      checkRoom(sizeBytes);
      yield part;
    }
  }
  const blob = await store
    .put(checked(), { digest, ...(length !== undefined && { sizeBytes: length }) })
    .catch(digestFault(digest));
  await catalog.addBlob(repository, blob);
}

async function appendChunk(call: ReferenceCall, upload: OpenUpload): Promise<void> {
  const { catalog, repository, request, response, buffers, limits } = call;
  const before = upload.receivedBytes;
  const wanted = checkStart(call, before);
  const checkRoom = await catalog.roomCheck(repository);
  checkRoom(before + (lengthOf(call) ?? 0));
  const partial = await upload.partial();
  await appendBody(partial, bodyOf(request, response, limits.stallMs), buffers, checkRoom);
  const came = upload.receivedBytes - before;
  if (wanted !== undefined && came !== wanted) {
    await partial.truncate(before);
    throw registryErrors.wrongSize({ fault: `${came} bytes came, Content-Range says ${wanted}` });
  }
}

/** Checks `Content-Range` against what is there; gives the length that it says. Throws `registry.wrongRange`, `registry.wrongSize`. */
function checkStart(call: RepositoryCall, heldBytes: number): number | undefined {
  const text = call.request.headers['content-range'];
  if (text === undefined) return undefined;
  const [, first, last] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  const length = Number(last) - Number(first) + 1;
  if (first === undefined || Number(first) !== heldBytes || length < 1) {
    call.response.setHeader('range', rangeText(heldBytes));
    throw registryErrors.wrongRange({ heldBytes });
  }
  const announced = lengthOf(call);
  if (announced !== undefined && announced !== length)
    throw registryErrors.wrongSize({ fault: `Content-Length is ${announced}, Content-Range says ${length}` });
  return length;
}

/** Makes a blob of another repository visible, of which the sender may pull; false where there is none. */
async function mountBlob(
  { catalog, store, policy, identity, query, repository }: RepositoryCall,
  digest: Digest,
) {
  const from = query.get('from');
  const sources = from === null ? await catalog.repositoriesWithBlob(digest, mostSources) : [from];
  for (const source of sources) {
    if (!isRepositoryName(source) || !policy.decide(identity, source, 'pull')) continue;
    const blob = await catalog.findBlob(source, digest);
    if (!blob || !(await store.touch(digest))) continue;
    await catalog.addBlob(repository, blob);
    return true;
  }
  return false;
}

async function withUpload(call: ReferenceCall, work: (upload: OpenUpload) => Promise<void>): Promise<void> {
  const upload = await call.uploads.open(call.reference, ownerOf(call));
  try {
    await work(upload);
  } finally {
    upload.release();
  }
}

function ownerOf({ repository, identity }: RepositoryCall): Owner {
  return { repository, identity: identityText(identity) };
}

/** An identity in one text. */
export function identityText(identity: Identity): string {
  return identity.kind === 'anonymous' ? 'anonymous' : `${identity.kind} ${identity.name}`;
}

function lengthOf({ request }: RepositoryCall): number | undefined {
  const text = request.headers['content-length'];
  return text === undefined ? undefined : Number(text);
}

function hasBody({ request }: RepositoryCall): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  );
}

const digestFault = (digest: Digest) => (error: unknown) => {
  throw hasCode(error, 'store.mismatch') ? registryErrors.wrongDigest({ digest }, { cause: error }) : error;
};

const rangeText = (receivedBytes: number) => `0-${Math.max(0, receivedBytes - 1)}`;

function sendAccepted(
  { response, repository }: RepositoryCall,
  id: string,
  receivedBytes: number,
  status = 202,
) {
  sendEmpty(response, status, {
    location: `/v2/${repository}/blobs/uploads/${id}`,
    range: rangeText(receivedBytes),
    'docker-upload-uuid': id,
  });
}

function sendCreated({ response, repository }: RepositoryCall, digest: Digest): void {
  sendEmpty(response, 201, {
    location: `/v2/${repository}/blobs/${digest}`,
    'docker-content-digest': digest,
  });
}
