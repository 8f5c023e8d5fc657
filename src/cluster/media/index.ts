export { mediaErrors } from './errors.ts';
