import { defineErrors } from '../kernel/index.ts';

export const dbErrors = defineErrors('db', {
  locked: {
    kind: 'unavailable',
    message: 'Database "{place}" stays locked by another process',
    hint: 'Look which program holds the file open (fuser, lsof), end it, then try again',
  },
  full: {
    kind: 'unavailable',
    message: 'Database "{place}" cannot grow: its disk is full',
    hint: 'Free some space on its disk or enlarge it, then try again; nothing that was kept is lost',
  },
  newer: {
    kind: 'unsupported',
    message:
      'Database "{place}" was written by a newer Holdfast: it knows migration "{migration}", this program does not',
    hint: 'Start the newer program, or restore the backup from before the upgrade',
  },
  badUrl: {
    kind: 'invalid',
    message: 'Database address "{value}" is not understood',
    hint: 'Write postgres://user@host/name, or leave it out for the SQLite file in the data folder',
  },
});
