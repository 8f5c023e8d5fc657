/** A bar of so many columns for a share from 0 to 1. */
export function bar(share: number, columns: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * columns);
  return '━'.repeat(filled) + '─'.repeat(columns - filled);
}
