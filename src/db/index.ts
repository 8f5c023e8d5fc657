export type { Change } from './changes.ts';
export { changesMigrations, lastChange, recordChange, trimChanges, watchChanges } from './changes.ts';
export type { Db, DialectName } from './db.ts';
export { codePointText, textList } from './dialect/portable.ts';
export { dbErrors } from './errors.ts';
export type { Migration } from './migrate.ts';
export { migrate } from './migrate.ts';
export type { OpenOptions } from './open.ts';
export { openDatabase } from './open.ts';
