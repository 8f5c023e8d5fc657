import type { CdpTransport } from './connection.ts';

/** Speaks CDP over a WebSocket (`ws://…/devtools/browser/…`), for a browser that runs elsewhere. */
export async function websocketTransport(url: string): Promise<CdpTransport> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('the connection was refused'));
  });
  const transport: CdpTransport = {
    send: (message) => socket.send(message),
    onMessage: () => {},
    onClose: () => {},
    close: () => socket.close(),
  };
  socket.onmessage = (event) => transport.onMessage(String(event.data));
  socket.onclose = () => transport.onClose('the connection was closed');
  return transport;
}
