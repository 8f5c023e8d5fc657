import type { CdpTransport } from './connection.ts';

/** Speaks CDP over a WebSocket (`ws://…/devtools/browser/…`), for a browser that runs elsewhere. */
export async function websocketTransport(url: string): Promise<CdpTransport> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('the connection was refused'));
  });
  let ended = false;
  const finish = (reason: string) => {
    if (ended) return;
    ended = true;
    socket.close();
    transport.onClose(reason);
  };
  const transport: CdpTransport = {
    send: (message) => {
      if (!ended) socket.send(message);
    },
    onMessage: () => {},
    onClose: () => {},
    close: (reason = 'closed') => finish(reason),
  };
  socket.onmessage = (event) => {
    if (!ended) transport.onMessage(String(event.data));
  };
  socket.onclose = () => finish('the connection was closed');
  return transport;
}
