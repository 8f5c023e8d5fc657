export { filesErrors } from './errors.ts';
