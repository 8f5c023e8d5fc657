/** The ways to see a snapshot. */
export const linkTabs = ['replay', 'text', 'screenshot', 'resources', 'missing'] as const;
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
