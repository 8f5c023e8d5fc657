export { planErrors } from './errors.ts';
export type {
  Architecture,
  Bastion,
  Networks,
  NetworkType,
  Node,
  NodeRole,
  Plan,
  Registry,
  Rhcos,
  SecretFiles,
  ServedBy,
  Version,
} from './model.ts';
export { atLeast, bootstrapOf, hostOf, mastersOf, workersOf, zoneOf } from './model.ts';
