export type { AuthDeps } from './auth.ts';
export { createAuth } from './auth.ts';
export { authErrors } from './errors.ts';
export { authMigrations } from './migrations.ts';
export { passwordLimits } from './password.ts';
export { readOrMakeSecret } from './secret-file.ts';
export { equalSecrets } from './secrets.ts';
export type * from './types.ts';
