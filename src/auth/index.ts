export { authErrors } from './errors.ts';
