import type { Readable, Writable } from 'node:stream';
import type { CdpTransport } from './connection.ts';

/** The largest single message taken from a browser; a page that makes a larger one loses its browser. */
const maxMessageBytes = 160 * 1024 * 1024;

/** Speaks CDP over Chromium's `--remote-debugging-pipe`: JSON texts, each ended by a NUL byte. */
export function pipeTransport(output: Writable, input: Readable): CdpTransport {
  let chunks: Buffer[] = [];
  let length = 0;
  let ended = false;
  const transport: CdpTransport = {
    send: (message) => {
      if (!ended) output.write(`${message}\0`);
    },
    onMessage: () => {},
    onClose: () => {},
    close: () => finish('closed'),
  };
  function finish(reason: string): void {
    if (ended) return;
    ended = true;
    chunks = [];
    output.destroy();
    input.destroy();
    transport.onClose(reason);
  }
  input.on('data', (data: Buffer) => {
    let start = 0;
    for (let end = data.indexOf(0); end !== -1 && !ended; end = data.indexOf(0, start)) {
      const rest = data.subarray(start, end);
      const text =
        length === 0 ? rest.toString() : Buffer.concat([...chunks, rest], length + rest.length).toString();
      chunks = [];
      length = 0;
      start = end + 1;
      transport.onMessage(text);
    }
    if (ended || start === data.length) return;
    const rest = data.subarray(start);
    chunks.push(rest);
    length += rest.length;
    if (length > maxMessageBytes) finish('a message was too large');
  });
  input.on('end', () => finish('the browser ended'));
  input.on('error', (error) => finish(error.message));
  output.on('error', (error) => finish(error.message));
  return transport;
}
