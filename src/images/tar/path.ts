/** The longest path of an entry, in UTF-16 units; longer ones no file system takes. */
const maxPathLength = 4096;

/**
 * The path of an entry in one way of writing: relative, no `.`, no empty parts; `.` for the root. A leading `/` is taken
 * off, as every unpacking program does. Undefined where the path climbs (`..`), holds a NUL, or is empty or too long.
 */
export function normalTarPath(path: string): string | undefined {
  if (path === '' || path.length > maxPathLength || path.includes('\0')) return undefined;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return undefined;
  return parts.join('/') || '.';
}
