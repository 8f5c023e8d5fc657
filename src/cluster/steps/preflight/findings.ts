import { defineErrors } from '../../../kernel/index.ts';
import { filesFindings } from './files/findings.ts';
import { machineFindings } from './machine/findings.ts';
import { namesFindings } from './names/findings.ts';
import { registryFindings } from './registry/findings.ts';

/** What preflight can find: told as rows and not thrown; the hint is the mend. */
export const findings = defineErrors('preflight', {
  tooLong: {
    kind: 'unavailable',
    message: 'No answer within {seconds} seconds',
    hint: 'Look at the line to it and at whatever filters on the way, then run preflight again',
  },
  broken: {
    kind: 'unavailable',
    message: 'It could not be looked at: {detail}',
    hint: 'Mend what it says, then run preflight again',
  },
  ...machineFindings,
  ...namesFindings,
  ...registryFindings,
  ...filesFindings,
});
