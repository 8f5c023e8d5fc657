import { connect, type Socket } from 'node:net';

/** A connection of a test to a balancer. */
export interface TestClient {
  readonly socket: Socket;
  /** Sends, and gives the next piece that comes. */
  ask(text: string): Promise<string>;
  /** All that comes until the other side ends; rejects where the stream was cut. */
  rest(): Promise<string>;
}

/** Connects; what comes is kept until it is asked for. */
export async function connectClient(port: number, host = '127.0.0.1'): Promise<TestClient> {
  const socket = connect({ port, host, allowHalfOpen: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const parts = socket.iterator({ destroyOnReturn: false });
  return {
    socket,
    async ask(text) {
      socket.write(text);
      const { value, done } = await parts.next();
      if (done) throw new Error('The balancer ended the connection');
      return String(value);
    },
    async rest() {
      let all = '';
      for await (const part of parts) all += String(part);
      return all;
    },
  };
}

/** Which backend one new connection reaches; `refused` where the connection is ended or reset at once. */
export async function reach(port: number, host?: string): Promise<string> {
  try {
    const client = await connectClient(port, host);
    try {
      return (await client.ask('hello')).split(':')[0]!;
    } finally {
      client.socket.destroy();
    }
  } catch {
    return 'refused';
  }
}

/** How often each backend was reached by so many connections, one after another. */
export async function reachMany(port: number, times: number, host?: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let i = 0; i < times; i++) {
    const name = await reach(port, host);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Asks again and again until the answer is the one that is waited for; the last answer otherwise, after 20 s. */
export async function until<T>(ask: () => T | Promise<T>, right: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (right(answer) || performance.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
