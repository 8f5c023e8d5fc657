import type { Readable, Writable } from 'node:stream';
import type { CdpTransport } from './connection.ts';

/** The largest single message taken from a browser; the answer to a command that is larger counts as an error. */
const defaultMaxMessageBytes = 64 * 1024 * 1024;

/** As much of a message as tells what it answers. */
const headBytes = 40;

/** Speaks CDP over Chromium's `--remote-debugging-pipe`: JSON texts, each ended by a NUL byte. */
export function pipeTransport(
  output: Writable,
  input: Readable,
  maxMessageBytes = defaultMaxMessageBytes,
): CdpTransport {
  let chunks: Buffer[] = [];
  let length = 0;
  /** Set while a message that is too large goes by: what is told in its place. */
  let instead: string | undefined;
  let ended = false;
  const transport: CdpTransport = {
    send: (message) => {
      if (!ended) output.write(`${message}\0`);
    },
    onMessage: () => {},
    onClose: () => {},
    close: (reason = 'closed') => finish(reason),
  };
  function finish(reason: string): void {
    if (ended) return;
    ended = true;
    chunks = [];
    output.destroy();
    input.destroy();
    transport.onClose(reason);
  }
  function complete(last: Buffer): void {
    const message =
      instead ?? (length === 0 ? last : Buffer.concat([...chunks, last], length + last.length)).toString();
    chunks = [];
    length = 0;
    instead = undefined;
    if (message) transport.onMessage(message);
  }
  function keep(part: Buffer): void {
    length += part.length;
    if (instead === undefined) chunks.push(part);
    if (length <= maxMessageBytes || instead !== undefined) return;
    // The pieces are as the pipe cut them, the first may be one byte.
    instead = tooLarge(Buffer.concat(chunks.slice(0, headBytes)));
    chunks = [];
  }
  input.on('data', (data: Buffer) => {
    let start = 0;
    for (let end = data.indexOf(0); end !== -1 && !ended; end = data.indexOf(0, start)) {
      complete(data.subarray(start, end));
      start = end + 1;
    }
    if (!ended && start < data.length) keep(data.subarray(start));
  });
  input.on('end', () => finish('the browser ended'));
  input.on('error', (error) => finish(error.message));
  output.on('error', (error) => finish(error.message));
  return transport;
}

/** The message that stands for one that is too large: an error for the command that it answers, nothing for an event. */
function tooLarge(head: Buffer): string {
  const id = /^\{"id":(\d+)/.exec(head.toString('latin1', 0, headBytes))?.[1];
  return id === undefined ? '' : `{"id":${id},"error":{"message":"the answer is too large"}}`;
}
