import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Verdict } from '../../../src/links/index.ts';

/** Where a case's pages lie, each ending in `/`: its own origin, another port, another host. */
export interface Origins {
  readonly main: string;
  readonly port: string;
  readonly host: string;
}

export type Body = string | Uint8Array;

/** An answer of the server; the media type follows the path's ending where none is given. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly body?: Body;
}

/** One request to a case's server. */
export interface Visit {
  readonly at: Origins;
  readonly path: string;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What a path gives: bytes, an answer, or a function that makes one; a function that returns nothing has seen to the response itself, or leaves it hanging. */
export type Route =
  | Body
  | Answer
  | ((visit: Visit) => Body | Answer | undefined | Promise<Body | Answer | undefined>);

/** What must hold once the page was captured and replayed with the network cut. */
export interface Expectation {
  /** The verdicts that are true for this page; `good` where absent. */
  readonly verdict?: readonly Verdict[];
  /** Codes that the evidence must hold. */
  readonly evidence?: readonly string[];
  /** Resources that the page asks for and nobody can have: one number, or the least and the most. */
  readonly missing?: number | readonly [least: number, most: number];
  /** How many slots (see page.ts), from the first on, must be green live, in the replay and in the screenshot. */
  readonly green?: number;
  /** False where the page cannot be pictured, because a script holds it. */
  readonly screenshot?: false;
  /** Texts that must be visible live and in the replay. */
  readonly texts?: readonly string[];
  /** False where the page shows another text at each visit. */
  readonly sameText?: false;
  /** The share of pixels that may differ, or false where the page moves. 0.0005 where absent. */
  readonly pixels?: number | false;
  /** The bytes that a link to a file must keep. */
  readonly file?: Uint8Array;
  /** Path (with query) that the final URL must end with. */
  readonly finalPath?: string;
  /** False where an ordinary browser cannot stay on the page (it crashes, closes itself or saves a file). */
  readonly live?: false;
  /** False where the outcome has no page to replay. */
  readonly replay?: false;
  /** True where the comparison covers the whole page, not the first screen alone. */
  readonly fullPage?: true;
  /** False where the replay is shown by a browser whose scripts are off, as the replay's sandbox does. */
  readonly scripts?: false;
  /** How often the capture may ask for other paths, at most. */
  readonly mostVisits?: Readonly<Record<string, number>>;
  /** The time cap of the capture, where a page uses it up; 25 s where absent. */
  readonly capMs?: number;
  /** How long the live page is watched after it was scrolled through; 300 where absent. */
  readonly settleMs?: number;
  /** What the replay's HTML must contain, or must not where it starts with `!`. */
  readonly html?: readonly string[];
  /** How often the start page is asked for: a number, or the least and the most; one where absent. */
  readonly visits?: number | readonly [least: number, most: number];
}

/** One page with one difficulty. */
export interface FidelityCase {
  /** Its folder on the server. */
  readonly name: string;
  /** The promise that its test is named by. */
  readonly promise: string;
  readonly routes: Readonly<Record<string, Route>>;
  /** The path that is captured, empty where absent. */
  readonly start?: string;
  /** A file (its path) that the server answers for with an upgrade to WebSocket, sending these messages. */
  readonly sockets?: Readonly<Record<string, readonly string[]>>;
  readonly expect?: Expectation;
}
