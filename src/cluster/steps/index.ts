export { stepsErrors } from './errors.ts';
