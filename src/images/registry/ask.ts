import type { HoldfastError, IncomingResponse, OutgoingRequest } from '../../kernel/index.ts';
import { refusalOf } from './answers.ts';
import type { Endpoint } from './context.ts';

export interface Question {
  readonly method: OutgoingRequest['method'];
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: () => AsyncIterable<Uint8Array> | Uint8Array;
  /** Other than those of the endpoint. */
  readonly scopes?: readonly string[];
}

/** Sends once; an answer of 400 or more whose status is not in `expected` is thrown as the error that it stands for. */
export async function ask(
  endpoint: Endpoint,
  question: Question,
  expected: readonly number[] = [],
): Promise<IncomingResponse> {
  const { wire, repository, scopes } = endpoint;
  const answer = await wire.send({ repository, scopes, ...question });
  if (answer.status < 400 || expected.includes(answer.status)) return answer;
  throw await refusal(endpoint, question, answer);
}

/** The error that an answer stands for; lets go of it. */
export function refusal(
  { host, repository }: Endpoint,
  { method, url }: Question,
  answer: IncomingResponse,
): Promise<HoldfastError> {
  return refusalOf(answer, { host, repository, method, path: url.pathname });
}
