import { errorText, HoldfastError, hasCode } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { type Endpoint, nameOf } from './context.ts';

/** Asks several places for the same thing until one has it. */
export interface Failover {
  /** `image` is named where no place has it. Undefined is an answer of "not there". */
  first<T>(image: string, work: (endpoint: Endpoint) => Promise<T | undefined>): Promise<T | undefined>;
}

/** The places in order, the last one being what people named; one that failed stands behind the others from then on. */
export function createFailover(endpoints: readonly Endpoint[], signal: AbortSignal | undefined): Failover {
  const own = endpoints.at(-1)!;
  const order = [...endpoints];
  return {
    async first(image, work) {
      const failed: [Endpoint, unknown][] = [];
      for (const endpoint of [...order]) {
        try {
          const found = await work(endpoint);
          if (found !== undefined) return found;
        } catch (error) {
          signal?.throwIfAborted();
          if (order.length === 1) throw error;
          failed.push([endpoint, error]);
          order.push(...order.splice(order.indexOf(endpoint), 1));
        }
      }
      if (failed.length === 0) return undefined;
      const detail = failed.map(([endpoint, error]) => `${nameOf(endpoint)}: ${errorText(error)}`).join('; ');
      // The place that people named decides whether trying again makes sense.
      const cause = failed.find(([endpoint]) => endpoint === own)?.[1] ?? failed[0]![1];
      if (hasCode(cause, 'images.partGone') && failed.length === 1) throw cause;
      const spec = imagesErrors.table['images.nowhere'];
      const kind = cause instanceof HoldfastError ? cause.kind : spec.kind;
      const details = { image, place: nameOf(own), detail: detail.slice(0, 1000) };
      throw new HoldfastError('images.nowhere', { ...spec, kind }, details, { cause });
    },
  };
}
