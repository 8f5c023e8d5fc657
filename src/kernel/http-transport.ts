/** One HTTP/1.1 request, sent as it is: no redirect is followed, no coding undone, no credential added. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `http:` or `https:`. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes, or a stream of them; a stream is sent with the `content-length` that the headers name, else chunked. */
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
  /** How long the peer may send nothing, before its answer and in the middle of it; milliseconds. */
  readonly stallMs?: number;
}

/** The answer to a request. Whoever gets it reads its body to the end or calls `discard`. */
export interface IncomingResponse {
  readonly status: number;
  /** Names in lower case; several lines of one name are joined as RFC 9110 5.3 says. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as received, each piece good until the next is asked for; ends with an error where the connection broke off before the announced end. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets go of the rest of the body. */
  discard(): void;
}

/** Sends requests to wherever they are allowed to go; connections are kept and used again. */
export interface HttpTransport {
  /** Rejects with the reason where no answer came: an error of kind `denied` where the address is refused, `unavailable` where it cannot be reached. */
  send(request: OutgoingRequest): Promise<IncomingResponse>;
  /** Closes idle connections. */
  close(): void;
}
