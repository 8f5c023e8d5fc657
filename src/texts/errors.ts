import type { authErrors } from '../auth/index.ts';
import type { bundleErrors } from '../bundle/index.ts';
import type { captureErrors } from '../capture/index.ts';
import type { cliErrors } from '../cli/index.ts';
import type { mediaErrors } from '../cluster/media/index.ts';
import type { planErrors } from '../cluster/plan/index.ts';
import type { preflightFindings, stepsErrors } from '../cluster/steps/index.ts';
import type { configErrors } from '../config/index.ts';
import type { dbErrors } from '../db/index.ts';
import type { httpErrors } from '../http/index.ts';
import type { imagesErrors } from '../images/index.ts';
import type { jobsErrors } from '../jobs/index.ts';
import type { digestErrors } from '../kernel/index.ts';
import type { linksErrors } from '../links/index.ts';
import type { registryErrors } from '../registry/index.ts';
import type { searchErrors } from '../search/index.ts';
import type { dnsErrors } from '../services/dns/index.ts';
import type { filesErrors } from '../services/files/index.ts';
import type { lbErrors } from '../services/lb/index.ts';
import type { storeErrors } from '../store/index.ts';

/** Every error that a room can throw, by its code; each room's table is joined here. */
type AllErrors = (typeof authErrors)['table'] &
  (typeof bundleErrors)['table'] &
  (typeof captureErrors)['table'] &
  (typeof cliErrors)['table'] &
  (typeof configErrors)['table'] &
  (typeof dbErrors)['table'] &
  (typeof digestErrors)['table'] &
  (typeof httpErrors)['table'] &
  (typeof jobsErrors)['table'] &
  (typeof linksErrors)['table'] &
  (typeof registryErrors)['table'] &
  (typeof searchErrors)['table'] &
  (typeof storeErrors)['table'] &
  (typeof imagesErrors)['table'] &
  (typeof mediaErrors)['table'] &
  (typeof planErrors)['table'] &
  (typeof stepsErrors)['table'] &
  (typeof preflightFindings)['table'] &
  (typeof dnsErrors)['table'] &
  (typeof filesErrors)['table'] &
  (typeof lbErrors)['table'];

/** The code of any error of any room. */
export type ErrorCode = keyof AllErrors;

/** A catalog of errors in one language: a message for every code, a hint where the room has one. */
export type ErrorTexts = {
  readonly [C in ErrorCode]: AllErrors[C] extends { hint: string }
    ? { readonly message: string; readonly hint: string }
    : { readonly message: string; readonly hint?: undefined };
};

/** The part of a catalog that belongs to some rooms. */
export type RoomErrorTexts<Room extends string> = {
  readonly [C in ErrorCode as C extends `${Room}.${string}` ? C : never]: ErrorTexts[C];
};
