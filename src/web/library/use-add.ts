import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addLinks } from '../api/actions.ts';
import { prependLinks, putLink } from '../api/cache.ts';
import type { Link } from '../api/types.ts';
import { useAct } from '../ui/use-act.ts';
import { markArrivals } from './use-arrivals.ts';

/** What an adding came to. */
export interface AddResult {
  readonly created: readonly Link[];
  readonly known: readonly Link[];
}

/** Adds links and shows them at once; those that were here already are found rather than doubled. */
export function useAdd() {
  const client = useQueryClient();
  const act = useAct();
  const [sent, setSent] = useState<number | undefined>();
  const add = async (
    urls: readonly string[],
    tags: readonly string[],
    note: string,
  ): Promise<AddResult | undefined> => {
    setSent(0);
    const extras = {
      ...(tags.length ? { tags: [...tags] } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    };
    const added = await act(() =>
      addLinks(
        urls.map((url) => ({ url, ...extras })),
        setSent,
      ),
    );
    setSent(undefined);
    if (!added) return undefined;
    const unique = new Map(added.map((one) => [one.link.id, one]));
    for (const one of added) if (one.created) unique.set(one.link.id, one);
    const all = [...unique.values()];
    const result = {
      created: all.filter((a) => a.created).map((a) => a.link),
      known: all.filter((a) => !a.created).map((a) => a.link),
    };
    markArrivals(
      result.created.map((link) => link.id),
      result.known.map((link) => link.id),
    );
    prependLinks(client, result.created);
    for (const link of result.known) putLink(client, link);
    void client.invalidateQueries({ queryKey: ['jobs'] });
    if (tags.length > 0) void client.invalidateQueries({ queryKey: ['tags'] });
    return result;
  };
  return { add, sent };
}
