import { connectClient, reachMany, until } from '../../../src/services/lb/testing/client.ts';
import { type StubBackend, startStub } from '../../../src/services/lb/testing/stub-backend.ts';
import type { Peer, PeerOptions, StartPeer } from './peers.ts';

/** A case gives what came out, to be equal for every balancer. */
export type Case = (start: StartPeer) => Promise<unknown>;

/** Runs with three stubs behind a balancer, all of them up. */
async function withThree<T>(
  start: StartPeer,
  run: (peer: Peer, stubs: readonly [StubBackend, StubBackend, StubBackend]) => Promise<T>,
  options: Partial<PeerOptions> = {},
): Promise<T> {
  await using a = await startStub('a');
  await using b = await startStub('b');
  await using c = await startStub('c');
  await using peer = await start({ backends: [a, b, c], ...options });
  for (const { name } of [a, b, c]) await isUp(peer, name);
  await checked([a, b, c]);
  return await run(peer, [a, b, c]);
}

/** Waits until a backend is up, or down; says which it is. */
const isUp = (peer: Peer, name: string, wanted = true) =>
  until(
    () => peer.isUp(name),
    (up) => up === wanted,
  );

/** Waits until each stub was checked so many times more. */
async function checked(stubs: readonly StubBackend[], times = 1): Promise<void> {
  await Promise.all(
    stubs.map((stub) => {
      const from = stub.checks;
      return until(
        () => stub.checks,
        (checks) => checks >= from + times,
      );
    }),
  );
}

/** How a session ends: what came before, and whether it was an orderly end. */
async function endOf(client: Awaited<ReturnType<typeof connectClient>>) {
  let text = '';
  try {
    for await (const part of client.socket) text += String(part);
    return { text, ended: true };
  } catch {
    return { text, ended: false };
  }
}

/** What a balancer does with backends that misbehave in one way each. */
export const cases: Readonly<Record<string, Case>> = {
  'all healthy: each gets its part': (start) => withThree(start, ({ port }) => reachMany(port, 9)),

  'one refuses, one hangs at its checks, one is well': (start) =>
    withThree(start, async (peer, [a, b]) => {
      await a.set('refuse');
      await b.set('hang');
      const down = [await isUp(peer, 'a', false), await isUp(peer, 'b', false)];
      return { down, reached: await reachMany(peer.port, 6) };
    }),

  'one that answers 500 gets nothing, and comes back': (start) =>
    withThree(start, async (peer, [a]) => {
      await a.set('sick');
      await isUp(peer, 'a', false);
      const without = await reachMany(peer.port, 6);
      await a.set('ok');
      await isUp(peer, 'a');
      return { without, with: await reachMany(peer.port, 6) };
    }),

  'all down: refused, and back when one is up': (start) =>
    withThree(start, async (peer, stubs) => {
      for (const stub of stubs) await stub.set('sick');
      for (const { name } of stubs) await isUp(peer, name, false);
      const without = await reachMany(peer.port, 3);
      await stubs[1].set('ok');
      await isUp(peer, 'b');
      return { without, with: await reachMany(peer.port, 3) };
    }),

  'rise and fall count in a row': (start) =>
    withThree(start, async (peer, [a, b]) => {
      // One failure at a time is not two in a row.
      a.script([true, false]);
      await checked([a], 12);
      const flaps = await peer.isUp('a');
      b.script([false]);
      const falls = !(await isUp(peer, 'b', false));
      // Two passes at a time are not three in a row.
      b.script([true, true, false]);
      await checked([b], 12);
      const staysDown = !(await peer.isUp('b'));
      b.script([true]);
      return { flaps, falls, staysDown, rises: await isUp(peer, 'b') };
    }),

  'a refused connect is tried elsewhere before the check notices': (start) =>
    withThree(start, async (peer, [a]) => {
      await a.set('refuse');
      const reached = await reachMany(peer.port, 6);
      return { a: reached.a ?? 0, refused: reached.refused ?? 0 };
    }),

  'a drained backend gets nothing new, its session goes on': (start) =>
    withThree(start, async (peer) => {
      const client = await connectClient(peer.port);
      const [holder = ''] = (await client.ask('hold')).split(':');
      await peer.drain(holder);
      const reached = await reachMany(peer.port, 6);
      const still = (await client.ask('still')) === `${holder}: still`;
      client.socket.end();
      return {
        holder: reached[holder] ?? 0,
        others: Object.values(reached),
        still,
        end: (await endOf(client)).ended,
      };
    }),

  'sessions of a backend that goes down go on': (start) =>
    withThree(start, async (peer, stubs) => {
      const client = await connectClient(peer.port);
      const [holder = ''] = (await client.ask('hold')).split(':');
      stubs.find(({ name }) => name === holder)!.script([false]);
      await isUp(peer, holder, false);
      const still = (await client.ask('still')) === `${holder}: still`;
      client.socket.destroy();
      return still;
    }),

  'sessions of a backend that goes down are ended where that is asked': (start) =>
    withThree(
      start,
      async (peer, stubs) => {
        const client = await connectClient(peer.port);
        const [holder = ''] = (await client.ask('hold')).split(':');
        stubs.find(({ name }) => name === holder)!.script([false]);
        return (await endOf(client)).text;
      },
      { closeWhenDown: true },
    ),

  'each side may end first': (start) =>
    withThree(start, async (peer) => {
      const first = await connectClient(peer.port);
      const [holder = ''] = (await first.ask('x')).split(':');
      first.socket.end();
      const clientFirst = (await endOf(first)).text === `${holder} saw the end`;
      const second = await connectClient(peer.port);
      second.socket.write('bye');
      const { text, ended } = await endOf(second);
      return { clientFirst, backendFirst: text.slice(1), ended };
    }),

  'a stream that is reset brings no more than was sent': (start) =>
    withThree(start, async (peer) => {
      const client = await connectClient(peer.port);
      const ending = endOf(client);
      client.socket.write('reset');
      return ['', 'half of it'].includes((await ending).text);
    }),

  'a backend that dies takes its sessions along': (start) =>
    withThree(start, async (peer, stubs) => {
      const client = await connectClient(peer.port);
      await client.ask('x');
      for (const stub of stubs) stub.resetAll();
      return (await endOf(client)).text;
    }),

  'beyond the limit of the backends connections wait their turn': (start) =>
    withThree(
      start,
      async (peer) => {
        const clients = await Promise.all(Array.from({ length: 3 }, () => connectClient(peer.port)));
        for (const client of clients) await client.ask('hold');
        const fourth = await connectClient(peer.port);
        let answered = false;
        const asking = fourth.ask('now').then((answer) => {
          answered = true;
          return answer.slice(1);
        });
        await new Promise((resolve) => setTimeout(resolve, 200));
        const waited = !answered;
        clients[1]!.socket.destroy();
        const answer = await asking;
        for (const { socket } of [...clients, fourth]) socket.destroy();
        return { waited, answer };
      },
      { sessionsPerBackend: 1 },
    ),

  'a large stream arrives whole': (start) =>
    withThree(start, async (peer) => {
      const client = await connectClient(peer.port);
      client.socket.end('bulk 5000000');
      let size = 0;
      for await (const part of client.socket) size += part.length;
      return size;
    }),
};
