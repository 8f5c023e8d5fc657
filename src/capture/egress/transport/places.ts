import { createSlots, type Slots } from '../../slots.ts';
import { unlessAborted } from '../unless-aborted.ts';

/** Hands out places for requests, so many at a time for each origin. */
export interface Places {
  /** Waits for a place, which the answer gives back; rejects with the signal's reason once it is aborted. */
  take(origin: string, signal?: AbortSignal): Promise<() => void>;
}

/** Origins that nobody asks for are forgotten. */
export function createPlaces(perOrigin: number): Places {
  const origins = new Map<string, { slots: Slots; asking: number }>();
  return {
    async take(origin, signal) {
      const known = origins.get(origin) ?? {
        slots: createSlots(perOrigin, Number.POSITIVE_INFINITY),
        asking: 0,
      };
      origins.set(origin, known);
      known.asking += 1;
      const leave = () => {
        known.asking -= 1;
        if (known.asking === 0) origins.delete(origin);
      };
      const taking = known.slots.take().then((giveBack) => () => {
        giveBack();
        leave();
      });
      try {
        return await (signal ? unlessAborted(taking, signal) : taking);
      } catch (error) {
        void taking.then((giveBack) => giveBack(), leave);
        throw error;
      }
    },
  };
}
