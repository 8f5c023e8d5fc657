import type { Link } from '../api/types.ts';

/** What a row and a card are given alike. */
export interface LinkItemProps {
  readonly link: Link;
  readonly excerpt: readonly string[] | undefined;
  readonly selected: boolean;
  /** True while anything is selected: then the boxes show on all. */
  readonly selecting: boolean;
  readonly onSelect: (link: Link, range: boolean) => void;
  readonly onTag: (tag: string) => void;
}
