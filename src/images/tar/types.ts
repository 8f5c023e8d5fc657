/** What an entry of a tar is; other kinds (sparse files, volume labels) are refused. */
export type TarType =
  | 'file'
  | 'directory'
  | 'symlink'
  | 'hardlink'
  | 'characterDevice'
  | 'blockDevice'
  | 'fifo';

/** What a tar says of one entry. */
export interface TarMember {
  /** Relative, with `/` between its parts, without `.`, `..` or empty ones; `.` for the root itself. */
  readonly path: string;
  readonly type: TarType;
  /** The length of the body; 0 for everything but files. */
  readonly sizeBytes: number;
  /** The permission bits, at most 0o7777. */
  readonly mode: number;
  /** Where a link points: of a hard link another entry's path, of a symbolic link any text. */
  readonly linkPath: string | undefined;
  /** Where the body begins, in bytes from the begin of the archive. */
  readonly offset: number;
}

export interface TarReadOptions {
  /** The archive's name, for errors. */
  readonly archive: string;
  /** The most entries that are read (default 1,000,000). */
  readonly maxEntries?: number;
}
