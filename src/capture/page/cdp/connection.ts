import { captureErrors } from '../../errors.ts';

/** Parameters and results of the Chrome DevTools Protocol; callers name the fields that they read. */
export type CdpObject = Record<string, unknown>;
type Listener = (params: never, sessionId: string | undefined) => void;

/** Carries CDP messages, one JSON text each. */
export interface CdpTransport {
  send(message: string): void;
  onMessage: (message: string) => void;
  onClose: (reason: string) => void;
  close(reason?: string): void;
}

/** One attached target, or the browser itself. */
export interface CdpSession {
  readonly id: string | undefined;
  /** Rejects with the protocol's error, or with `capture.browserLost` where the browser went away. */
  send<R = CdpObject>(method: string, params?: CdpObject): Promise<R>;
  on<P>(event: string, listener: (params: P) => void): void;
}

/** What the browser answered to a command that it refused. */
export class CdpError extends Error {
  readonly method: string;
  constructor(method: string, message: string) {
    super(`${method}: ${message}`);
    this.method = method;
  }
}

/** A CDP connection with flat sessions (every message names its session). */
export class CdpConnection {
  readonly #transport: CdpTransport;
  readonly #pending = new Map<
    number,
    { method: string; resolve: (value: never) => void; reject: (error: Error) => void }
  >();
  readonly #listeners = new Map<string, Listener[]>();
  #lastId = 0;
  #closed: Error | undefined;
  /** Resolves with the reason when the browser is gone. */
  readonly lost: Promise<string>;

  constructor(transport: CdpTransport) {
    this.#transport = transport;
    transport.onMessage = (message) => this.#receive(message);
    this.lost = new Promise((resolve) => {
      transport.onClose = (reason) => {
        this.#closed = captureErrors.browserLost({ detail: reason });
        for (const { reject } of this.#pending.values()) reject(this.#closed);
        this.#pending.clear();
        resolve(reason);
      };
    });
  }

  /** The session of the browser itself (`sessionId` undefined) or of an attached target. */
  session(sessionId?: string): CdpSession {
    return {
      id: sessionId,
      send: (method, params) => this.#send(sessionId, method, params),
      on: (event, listener) => this.#on(`${sessionId ?? ''} ${event}`, listener as Listener),
    };
  }

  /** Listens to an event of every session. */
  onAny<P>(event: string, listener: (params: P, sessionId: string | undefined) => void): void {
    this.#on(`* ${event}`, listener as Listener);
  }

  /** Ends it; whoever still waits is told the reason. */
  close(reason?: string): void {
    this.#transport.close(reason);
  }

  #send<R>(sessionId: string | undefined, method: string, params: CdpObject = {}): Promise<R> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = ++this.#lastId;
    return new Promise<R>((resolve, reject) => {
      this.#pending.set(id, { method, resolve: resolve as (value: never) => void, reject });
      this.#transport.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  #on(key: string, listener: Listener): void {
    const listeners = this.#listeners.get(key);
    if (listeners) listeners.push(listener);
    else this.#listeners.set(key, [listener]);
  }

  #receive(text: string): void {
    const message = parseMessage(text);
    // A browser that was taken over may say anything; it may not end this process.
    if (!message) return this.close('the browser sent what is no message');
    if (message.id !== undefined) {
      const waiting = this.#pending.get(message.id);
      if (!waiting) return;
      this.#pending.delete(message.id);
      if (message.error) waiting.reject(new CdpError(waiting.method, message.error.message));
      else waiting.resolve(message.result as never);
      return;
    }
    for (const key of [`${message.sessionId ?? ''} ${message.method}`, `* ${message.method}`]) {
      for (const listener of this.#listeners.get(key) ?? [])
        listener(message.params as never, message.sessionId);
    }
  }
}

interface Message {
  id?: number;
  method?: string;
  params?: never;
  sessionId?: string;
  result?: never;
  error?: { message: string };
}

function parseMessage(text: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
