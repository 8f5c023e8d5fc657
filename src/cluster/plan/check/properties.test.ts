import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { fillIn } from '../format/fill-in.ts';
import { parsePlan } from '../format/parse-plan.ts';
import { planSchema } from '../format/schema.ts';
import { arbitraryPlanInput, type PlanInput } from '../testing/arbitrary-plan.ts';
import { checkPlan } from './check-plan.ts';

const nowMs = Date.UTC(2026, 0, 1);
const check = (input: PlanInput) => {
  const parsed = parsePlan(stringify(input));
  return { parsed, issues: checkPlan(parsed, { nowMs }) };
};

test('random valid plans are parsed to what was meant, and nothing is wrong with them', () => {
  fc.assert(
    fc.property(arbitraryPlanInput, (input) => {
      const { parsed, issues } = check(input);
      assert.deepEqual(
        issues
          .map(({ severity, code, path }) => `${severity} ${code} ${path}`)
          .filter((it) => it.startsWith('error')),
        [],
      );
      assert.deepEqual(parsed.plan, fillIn(planSchema.parse(input)).plan);
    }),
    { numRuns: 40 },
  );
});
