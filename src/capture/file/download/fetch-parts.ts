import type { FileIdentity } from '../http/identity.ts';
import { isTransient, Transient } from './faults.ts';
import type { Interval } from './intervals.ts';
import { Lanes } from './lanes.ts';
import { Plan } from './plan.ts';
import { pour } from './pour.ts';
import type { DownloadState } from './state.ts';

/** A part whose bytes are on their way already. */
export interface BroughtPart {
  readonly range: Interval;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Fetches what is missing of a file in parts, several at a time; throws what does not go away by trying again. */
export async function fetchParts(
  state: DownloadState,
  identity: FileIdentity,
  first?: BroughtPart,
): Promise<void> {
  const { journal, meter, clock, partSizes } = state;
  const plan = new Plan(identity.total, () => journal.done, partSizes);
  const lanes = new Lanes(clock);
  const running = new Set<Promise<void>>();
  let fault: { readonly error: unknown } | undefined;

  const fetchPart = async (part: Interval, brought: BroughtPart | undefined): Promise<void> => {
    const body = brought?.body ?? (await state.source.range(identity, part)).answer.body;
    await pour(body, state.partial, part, {
      written: (interval) => journal.add(interval),
      moved(bytes) {
        lanes.moved(bytes);
        meter.moved(bytes);
        state.moved();
      },
    });
  };
  const runLane = async (part: Interval, brought: BroughtPart | undefined): Promise<void> => {
    try {
      await fetchPart(part, brought);
    } catch (error) {
      if (error instanceof Transient && error.crowded) lanes.slowDown();
      if (!isTransient(error)) throw error;
      await state.recover(error);
      meter.begin(journal.bytes, identity.total);
    } finally {
      plan.giveBack(part);
    }
  };
  const start = (part: Interval, brought?: BroughtPart) => {
    const lane: Promise<void> = runLane(part, brought)
      .catch((error) => {
        fault ??= { error };
      })
      .finally(() => running.delete(lane));
    running.add(lane);
  };

  meter.begin(journal.bytes, identity.total);
  if (first) start(plan.claim(first.range), first);
  for (;;) {
    while (!fault && running.size < lanes.target) {
      const part = plan.take();
      if (!part) break;
      start(part);
    }
    if (running.size === 0) break;
    // After a fault the others bring their parts home, so that nothing of them is lost.
    await Promise.race([...running, lanes.changed]);
  }
  if (fault) throw fault.error;
  meter.begin(journal.bytes, identity.total);
}
