import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorText, type Logger } from '../../kernel/index.ts';
import type { Identity } from '../types.ts';
import { ociErrorOf } from './oci-errors.ts';
import { peerAddress } from './peer.ts';
import { identityText } from './push-blob.ts';

/** One line for each answer: who asked for what, and what came of it; no credentials, no query, no id of an upload. */
export function startAccessLog(logger: Logger, request: IncomingMessage, response: ServerResponse) {
  const startedAt = performance.now();
  const address = peerAddress(request);
  let who: string | undefined;
  let failure: unknown;
  response.once('close', () => {
    const line = {
      method: request.method,
      path: shownPath(request.url ?? ''),
      status: response.writableFinished ? response.statusCode : 499,
      ms: Math.round(performance.now() - startedAt),
      address,
      who,
    };
    if (failure !== undefined && !isGone(failure) && ociErrorOf(failure).status >= 500)
      logger.error({ ...line, err: failure }, 'A request to the registry failed');
    else
      logger.info(
        { ...line, ...(failure !== undefined && { fault: errorText(failure).slice(0, 300) }) },
        'Registry',
      );
  });
  return {
    known(identity: Identity) {
      who = identityText(identity);
    },
    failed(error: unknown) {
      failure = error;
    },
  };
}

/** True where the client broke off, which is no failure of ours. */
function isGone(failure: unknown): boolean {
  const { code = '' } = failure as { code?: string };
  return /^(?:registry\.(?:gone|stalled)|ECONNRESET|EPIPE|ERR_STREAM_DESTROYED|ERR_STREAM_PREMATURE_CLOSE)$/.test(
    code,
  );
}

/** Whoever knows the id of an upload may go on with it. */
function shownPath(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.replace(/(\/uploads\/).+/, '$1…').slice(0, 500);
}
