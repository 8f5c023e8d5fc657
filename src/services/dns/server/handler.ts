import type { Clock } from '../../../kernel/index.ts';
import type { Forwarded } from '../forward/forwarder.ts';
import type { AnswerSource } from '../types.ts';
import { rcodeName, rcodes, typeName } from '../wire/codes.ts';
import { textOf } from '../wire/name.ts';
import { type Query, readQuery } from '../wire/query.ts';
import { type Answer, emptyAnswer, isTurned, writeAnswer } from '../wire/write-answer.ts';
import type { Zones } from '../zones/zone.ts';
import type { Access } from './access.ts';
import type { Measures, Tally } from './measures.ts';
import { createPerSecond } from './per-second.ts';
import type { QueryLog } from './query-log.ts';
import type { Resolve } from './resolver.ts';

export type Transport = 'udp' | 'tcp';

/** Takes one packet of a client; `respond` is called at most once, at once or later, or never. Never throws. */
export type Handle = (
  packet: Buffer,
  client: string,
  transport: Transport,
  respond: (answer: Buffer | undefined) => void,
) => void;

export interface HandlerDeps {
  readonly access: Access;
  readonly resolve: Resolve;
  readonly measures: Measures;
  readonly log: QueryLog;
  readonly clock: Clock;
  readonly recursionAvailable: boolean;
  readonly maxUdpBytes: number;
  readonly rotates: boolean;
  zones(): Zones;
}

/** An answer that is given again to the same bytes: only the id differs. */
interface Ready {
  readonly packets: readonly Buffer[];
  readonly tally: Tally;
  readonly told: Pick<Told, 'name' | 'type' | 'rcode'>;
  turn: number;
}

interface Told {
  readonly name: string;
  readonly type: string;
  readonly rcode: string;
  readonly source: AnswerSource;
}

const mostReady = 2048;
const longestReadyQuery = 160;
const mostTurns = 8;
/** Refusals in a second: enough to tell an operator, too few to be turned against somebody whose address was forged. */
const refusalsPerSecond = 50;

/** Answers packets: from what is ready for the same bytes, else by reading and resolving them. `forget` after zones changed. */
export function createHandler(deps: HandlerDeps): { handle: Handle; forget(): void } {
  const { access, measures, log, clock, maxUdpBytes } = deps;
  const ready = new Map<string, Ready>();
  const mayRefuse = createPerSecond(refusalsPerSecond, clock);
  let turn = 0;

  const handle: Handle = (packet, client, transport, respond) => {
    try {
      if (!access(client)) return respond(refusal(packet, client, transport));
      const startedAt = performance.now();
      if (transport === 'tcp' || packet.length > longestReadyQuery) {
        return void slow(packet, client, transport, respond, startedAt);
      }
      const key = packet.toString('latin1', 2);
      const found = ready.get(key);
      if (!found) return void slow(packet, client, transport, respond, startedAt, key);
      found.tally.count++;
      if (log.admits()) tell(client, transport, startedAt, { ...found.told, source: 'zone' });
      else measures.note('not_logged');
      const { packets } = found;
      // A copy, for the socket may keep what it cannot send at once.
      const answer = Buffer.from(
        packets.length === 1 ? packets[0]! : packets[found.turn++ % packets.length]!,
      );
      answer[0] = packet[0]!;
      answer[1] = packet[1]!;
      respond(answer);
    } catch {
      measures.note('fault');
      respond(undefined);
    }
  };

  function slow(
    packet: Buffer,
    client: string,
    transport: Transport,
    respond: (answer: Buffer | undefined) => void,
    startedAt: number,
    key?: string,
  ): void {
    const query = readQuery(packet);
    if (!query) {
      measures.note('unreadable');
      return respond(undefined);
    }
    const zones = deps.zones();
    const finish = ({ answer, source }: Forwarded) => {
      const tally = measures.tally(query.question?.type ?? 0, answer.rcode, source);
      tally.count++;
      const told = toldOf(query, answer.rcode);
      if (log.admits()) tell(client, transport, startedAt, { ...told, source });
      else measures.note('not_logged');
      if (key !== undefined && source === 'zone' && zones === deps.zones() && !query.edns?.hasOptions) {
        keep(key, query, answer, tally, told);
      }
      respond(write(query, answer, transport, deps.rotates ? turn++ : 0));
    };
    const found = deps.resolve(query, zones);
    if (!(found instanceof Promise)) return finish(found);
    found.then(finish).catch(() => {
      measures.note('fault');
      respond(undefined);
    });
  }

  function keep(key: string, query: Query, answer: Answer, tally: Tally, told: Ready['told']): void {
    const counts = answer.answer.filter(isTurned).map((set) => set.rdatas.length);
    const turns = deps.rotates ? Math.max(1, ...counts) : 1;
    if (turns > mostTurns || counts.length > 1) return;
    if (ready.size >= mostReady) ready.clear();
    const packets = Array.from({ length: turns }, (_, i) => write(query, answer, 'udp', i));
    ready.set(key, { packets, tally, told, turn: 0 });
  }

  function write(query: Query, answer: Answer, transport: Transport, turns: number): Buffer {
    const udpBytes = Math.min(maxUdpBytes, query.edns?.udpBytes ?? 512);
    return writeAnswer(query, answer, {
      maxBytes: transport === 'tcp' ? 65_535 : udpBytes,
      recursionAvailable: deps.recursionAvailable,
      udpBytes: maxUdpBytes,
      turn: turns,
    });
  }

  function refusal(packet: Buffer, client: string, transport: Transport): Buffer | undefined {
    measures.note('denied');
    const query = mayRefuse() ? readQuery(packet) : undefined;
    if (!query) return undefined;
    const told = { ...toldOf(query, rcodes.REFUSED), source: 'none' } as const;
    if (log.admits()) tell(client, transport, performance.now(), told);
    return write(query, emptyAnswer(rcodes.REFUSED), transport, 0);
  }

  function tell(client: string, transport: Transport, startedAt: number, told: Told): void {
    log.add({ atMs: clock.now(), client, transport, durationMs: performance.now() - startedAt, ...told });
  }

  return { handle, forget: () => ready.clear() };
}

const toldOf = ({ question }: Query, rcode: number): Omit<Told, 'source'> => ({
  name: question ? textOf(question.name) : '',
  type: question ? typeName(question.type) : '',
  rcode: rcodeName(rcode),
});
