/** The looks of everything that floats: menus, popovers, lists to choose from. */
export const popupClass =
  'float-panel z-50 max-h-[var(--available-height)] max-w-[min(24rem,calc(100vw-1.5rem))] overflow-y-auto p-1 outline-none';
/** One line of a menu or of a list to choose from. */
export const itemClass =
  'flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm text-ink outline-none select-none data-[highlighted]:bg-hover data-[disabled]:text-ink-3';
