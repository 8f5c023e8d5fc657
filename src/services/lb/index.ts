export { lbErrors } from './errors.ts';
