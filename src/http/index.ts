export { httpErrors } from './errors.ts';
