/** The ways to see a snapshot; which of them there are depends on what it is, see `tabsOf`. */
export const linkTabs = [
  'replay',
  'text',
  'screenshot',
  'resources',
  'missing',
  'file',
  'preview',
  'image',
  'components',
  'installation',
] as const;
export type LinkTab = (typeof linkTabs)[number];

/** Which version of a link is seen and how, as it stands in the address. */
export interface LinkSearch {
  readonly version?: string;
  readonly tab?: LinkTab;
}

/** Reads the address; what is not understood is left out. */
export function parseLinkSearch(raw: Record<string, unknown>): LinkSearch {
  const tab = linkTabs.find((one) => one === raw.tab);
  return {
    ...(typeof raw.version === 'string' && raw.version ? { version: raw.version } : {}),
    ...(tab ? { tab } : {}),
  };
}
