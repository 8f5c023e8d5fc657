/** An entry that is put before those of a boot menu. */
export interface MenuEntry {
  /** As it stands in the menu: a node's name, or its name and role. */
  readonly title: string;
  /** Come after those of the image's own first entry. */
  readonly kernelArguments: readonly string[];
}

/** What one entry alone waits before it boots, in seconds; several wait for a choice. */
export const waitSeconds = 5;

/** True for a title that no boot menu reads as something else. */
export const isPlainTitle = (title: string): boolean => /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/.test(title);
