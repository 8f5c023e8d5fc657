import type { CdpSession } from '../cdp/connection.ts';

const readBytes = 1024 * 1024;

/** The body of a paused response, piece by piece; the request cannot be continued afterwards, only answered or failed. */
export async function* readBodyStream(session: CdpSession, requestId: string): AsyncGenerator<Uint8Array> {
  const { stream } = await session.send<{ stream: string }>('Fetch.takeResponseBodyAsStream', { requestId });
  try {
    while (true) {
      const piece = await session.send<{ data: string; base64Encoded?: boolean; eof: boolean }>('IO.read', {
        handle: stream,
        size: readBytes,
      });
      if (piece.data.length > 0) yield Buffer.from(piece.data, piece.base64Encoded ? 'base64' : 'utf8');
      if (piece.eof) return;
    }
  } finally {
    await session.send('IO.close', { handle: stream }).catch(() => {});
  }
}
