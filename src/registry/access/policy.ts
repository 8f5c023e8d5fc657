import type { Policy } from '../types.ts';
import { allows } from './patterns.ts';

export interface PolicyOptions {
  /** True where everybody on this machine may pull and push; for a server on a loopback address. */
  readonly openOnLoopback: boolean;
  /** True where everybody may pull. */
  readonly anonymousPull: boolean;
  /** True where nobody may push or delete. */
  readonly readOnly: boolean;
  /** Below this name stand the pages and files that people saved: filled by that alone, and for nobody from elsewhere without a login. */
  readonly saved?: string;
}

/** The usual policy: users may do everything, robots what they were given, everybody else what the options say. */
export function createPolicy({ openOnLoopback, anonymousPull, readOnly, saved }: PolicyOptions): Policy {
  const isSaved = (repository: string) =>
    saved !== undefined && (repository === saved || repository.startsWith(`${saved}/`));
  return {
    admitsAnonymous: ({ local }) => (openOnLoopback && local) || anonymousPull,
    decide(identity, repository, action) {
      if ((readOnly || isSaved(repository)) && action !== 'pull') return false;
      switch (identity.kind) {
        case 'user':
          return true;
        case 'robot':
          return allows(identity.rights, repository, action);
        case 'anonymous':
          if (openOnLoopback && identity.local) return action !== 'delete';
          return anonymousPull && action === 'pull' && !isSaved(repository);
      }
    },
  };
}
