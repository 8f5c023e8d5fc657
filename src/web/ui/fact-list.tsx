import type { ReactNode } from 'react';

/** Names with their values; what is empty is left out. */
export function FactList({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 items-baseline gap-y-1 text-sm">
      {rows.map(([name, value]) =>
        value === '' || value === null || value === undefined ? null : (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="min-w-0 text-ink-2">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
