import type { Snapshot } from '../api/types.ts';
import type { LinkTab } from './link-search.ts';

/** The ways to see a snapshot, the one that is shown first at the beginning; none where there is nothing to be seen. */
export function tabsOf({
  kind,
  formats,
  digest,
}: Pick<Snapshot, 'kind' | 'formats' | 'digest'>): readonly LinkTab[] {
  if (kind === 'page') return ['replay', 'text', 'screenshot', 'resources', 'missing'];
  if (digest === null) return [];
  if (kind === 'image') return ['image'];
  if (kind === 'release') return ['components', 'installation'];
  const hasText = formats.includes('text') || formats.includes('md');
  return [
    'file',
    ...(hasText ? (['text'] as const) : []),
    ...(formats.includes('png') ? (['preview'] as const) : []),
  ];
}
