import type { IncomingMessage, ServerResponse } from 'node:http';
import { registryErrors } from '../errors.ts';
import { parseRepositoryName } from '../names.ts';
import type { Identity } from '../types.ts';
import { sendEmpty } from './answers.ts';
import { deleteBlob, getBlob } from './blobs.ts';
import type { Call, ReferenceCall, RegistryDeps, Shared } from './call.ts';
import { createGate } from './gate.ts';
import { getCatalog, getReferrers, getTags } from './lists.ts';
import { deleteManifest, getManifest, putManifest } from './manifests.ts';
import { localTo, peerAddress } from './peer.ts';
import { deleteUpload, getUpload, patchUpload, postUpload, putUpload } from './push-blob.ts';
import { actionOf, findRoute, methods, type Route } from './route.ts';

type Answer = (call: ReferenceCall) => Promise<void>;

const answers: Readonly<Record<string, Answer>> = {
  'GET tags': getTags,
  'GET referrers': getReferrers,
  'GET manifest': getManifest,
  'PUT manifest': putManifest,
  'DELETE manifest': deleteManifest,
  'GET blob': getBlob,
  'DELETE blob': deleteBlob,
  'POST uploads': postUpload,
  'GET upload': getUpload,
  'PATCH upload': patchUpload,
  'PUT upload': putUpload,
  'DELETE upload': deleteUpload,
};

/** What writes bodies, of which only so many are taken at the same time. */
const takesBody: ReadonlySet<string> = new Set([
  'PUT manifest',
  'POST uploads',
  'PATCH upload',
  'PUT upload',
]);

/** Answers one request, or throws what is to be told; gives who sent it as soon as that is known. */
export type Handle = (
  request: IncomingMessage,
  response: ServerResponse,
  known: (identity: Identity) => void,
) => Promise<void>;

/** Makes the handler of the distribution spec ("Endpoints"). */
export function createHandler(shared: Shared, identify: RegistryDeps['identify']): Handle {
  const gate = createGate(shared.limits.uploadsAtOnce);

  return async (request, response, known) => {
    response.setHeader('docker-distribution-api-version', 'registry/2.0');
    response.setHeader('x-content-type-options', 'nosniff');
    refusePages(request);
    const method = request.method ?? '';
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const route = findRoute(path);
    if (!route) return sendEmpty(response, 404);
    if (!methods[route.kind].includes(method)) {
      response.setHeader('allow', methods[route.kind].join(', '));
      throw registryErrors.badMethod({ method: method.slice(0, 20) });
    }
    const identity = await identify({
      authorization: request.headers.authorization,
      address: peerAddress(request),
      local: localTo(request),
    });
    if (!identity) throw registryErrors.unauthorized();
    known(identity);
    const call: Call = { ...shared, request, response, query: new URLSearchParams(query), identity };
    if (route.kind === 'base' || route.kind === 'catalog') {
      if (identity.kind === 'anonymous' && !shared.policy.admitsAnonymous(identity))
        throw registryErrors.unauthorized();
      if (route.kind === 'catalog') return getCatalog(call);
      return sendBase(call);
    }
    authorize(call, route as RepositoryRoute, method);
    const key = `${method === 'HEAD' ? 'GET' : method} ${route.kind}`;
    const answer = () => answers[key]!({ reference: '', ...call, ...(route as { repository: string }) });
    return takesBody.has(key) ? gate(answer) : answer();
  };
}

type RepositoryRoute = Extract<Route, { repository: string }>;

function authorize({ policy, identity }: Call, { kind, repository }: RepositoryRoute, method: string): void {
  parseRepositoryName(repository);
  const action = actionOf(kind, method);
  if (policy.decide(identity, repository, action)) return;
  throw identity.kind === 'anonymous'
    ? registryErrors.unauthorized()
    : registryErrors.denied({ action, repository });
}

/** `/v2/`: clients learn here whether a login is asked for (distribution-spec "Determining Support"). */
function sendBase({ response, identity }: Call): void {
  // Clients that may push with a login have to learn of it where anybody may pull.
  if (identity.kind === 'anonymous') response.setHeader('www-authenticate', challenge);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 });
  response.end('{}');
}

/** How a login is asked for: Basic, which every client of registries speaks. */
export const challenge = 'Basic realm="Holdfast registry", charset="UTF-8"';

/** No client of registries says where it was sent from; browsers do, and a page must not use an open registry. */
function refusePages({ headers }: IncomingMessage): void {
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined || (site !== undefined && site !== 'none' && site !== 'same-origin'))
    throw registryErrors.crossSite();
}
