import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BufferPool, errorText, HoldfastError } from '../../kernel/index.ts';
import type { OpensBlobs } from '../../store/index.ts';
import { answerFor } from './answer.ts';
import type { Entries, Found } from './entries.ts';
import { filesErrors } from './errors.ts';
import type { Expectations, Judgement } from './expectations.ts';
import type { FetchLog, Running } from './fetch-log.ts';
import type { Limits } from './limits.ts';
import { mediaTypeOf } from './media-type.ts';
import { openEntry } from './open-entry.ts';
import { findRequestPath, shown } from './request-path.ts';
import { sendAnswer } from './send-answer.ts';
import { sendError } from './send-error.ts';
import type { Visitor } from './types.ts';

/** What all requests share; entries and expectations may be put in place of others while the service runs. */
export interface Shared {
  entries: Entries;
  expected: Expectations;
  readonly log: FetchLog;
  readonly store: OpensBlobs | undefined;
  readonly limits: Limits;
  readonly buffers: BufferPool;
  readonly now: () => number;
  readonly say: (error: HoldfastError) => string;
}

/** Answers one request; never rejects. */
export async function handle(
  shared: Shared,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  const { method = '', url = '', headers } = request;
  const fetch = shared.log.start({
    address,
    method: shown(method, 20),
    path: shown(url),
    userAgent: shown(headers['user-agent'] ?? ''),
  });
  try {
    await serve(shared, request, response, address, fetch);
    fetch.end(true);
  } catch (error) {
    await fail(shared, request, response, error, fetch);
    fetch.end(false);
  }
}

async function serve(
  shared: Shared,
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
  fetch: Running,
): Promise<void> {
  const { entries, expected, store, limits, buffers } = shared;
  const { method = '', url = '' } = request;
  if (method !== 'GET' && method !== 'HEAD') throw filesErrors.badMethod({ method: shown(method, 20) });
  const path = findRequestPath(url);
  if (path === undefined) throw filesErrors.badPath({ path: shown(url) });
  const visitor: Visitor = { address, nodes: expected.at(address) };
  const found = entries.find(path, visitor);
  const servedPath = found?.path ?? path;
  const judgement = expected.judge(address, servedPath);
  fetch.known({ servedPath: shown(servedPath), ...judgement });
  if (!found) throw nothingAt(path, visitor, expected);
  refuseWhere(found, judgement, address);
  const opened = await openEntry({ entry: found.entry, path: found.path, visitor, store });
  try {
    const mediaType = found.entry.mediaType ?? mediaTypeOf(found.path);
    const decided = answerFor({
      request,
      file: opened,
      mediaType,
      mostRanges: limits.ranges,
      now: shared.now(),
    });
    const { status, answerBytes, endByte } = decided;
    fetch.begin({ status, answerBytes, endByte, sizeBytes: opened.sizeBytes });
    const headers = { ...decided.headers, ...usualHeaders };
    const to = { request, response, buffers, receiveMs: limits.receiveMs, onSent: fetch.sent };
    await sendAnswer({ ...decided, headers }, opened, to);
  } finally {
    await opened.close();
  }
}

const usualHeaders = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };

function refuseWhere({ entry, path }: Found, { verdict, node, role }: Judgement, address: string): void {
  if (entry.access === 'planned' && verdict !== 'as-planned')
    throw node === undefined || role === undefined
      ? filesErrors.unknownAddress({ path, address })
      : filesErrors.notForNode({ path, address, node, role });
  const reason = entry.refuse?.();
  if (reason !== undefined) throw filesErrors.refused({ path, reason });
}

/** A machine that is not in the plan is told so, since that is what it has to mend first. */
function nothingAt(path: string, { address, nodes }: Visitor, expected: Expectations): HoldfastError {
  return expected.nodes.length > 0 && nodes.length === 0
    ? filesErrors.unknownAddress({ path: shown(path), address })
    : filesErrors.noFile({ path: shown(path) });
}

async function fail(
  shared: Shared,
  request: IncomingMessage,
  response: ServerResponse,
  cause: unknown,
  fetch: Running,
): Promise<void> {
  const path = shown(request.url ?? '');
  const error =
    cause instanceof HoldfastError
      ? cause
      : filesErrors.unreadable({ path, detail: errorText(cause) }, { cause });
  await sendError({
    request,
    response,
    error,
    say: shared.say,
    onStatus: (status) => fetch.begin({ status }),
  });
}
