import { useCallback, useRef, useState } from 'react';
import type { Link } from '../api/types.ts';

/** The selected links of a list; Shift takes all between the last one and this. */
export function useSelection(links: readonly Link[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | undefined>(undefined);
  const current = useRef(links);
  current.current = links;
  const toggle = useCallback((link: Link, range: boolean) => {
    const all = current.current;
    const from = range ? all.findIndex((one) => one.id === last.current) : -1;
    const to = all.findIndex((one) => one.id === link.id);
    last.current = link.id;
    setSelected((old) => {
      const next = new Set(old);
      if (from >= 0 && to >= 0) {
        for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one.id);
      } else if (!next.delete(link.id)) next.add(link.id);
      return next;
    });
  }, []);
  const clear = useCallback(() => setSelected((old) => (old.size === 0 ? old : new Set())), []);
  const selectAll = useCallback(() => setSelected(new Set(current.current.map((link) => link.id))), []);
  return { selected, toggle, clear, selectAll };
}
