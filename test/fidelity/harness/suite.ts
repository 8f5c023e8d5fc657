import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FidelityCase } from './case.ts';
import type { Engine } from './engine.ts';
import { holdfastEngine } from './holdfast-engine.ts';
import { runCase } from './run.ts';
import { type CaseServer, serveCases } from './server.ts';
import { openShower, type Shower } from './show.ts';

const only = process.env.FIDELITY_ONLY;

/** Declares a test for each case, two at a time; FIDELITY_ONLY (a regular expression over names) takes some of them. */
export function fidelitySuite(topic: string, cases: readonly FidelityCase[]): void {
  const chosen = cases.filter(({ name }) => !only || new RegExp(only).test(name));
  if (chosen.length === 0) return;
  let on: { server: CaseServer; shower: Shower; engine: Engine };

  before(async () => {
    const [server, shower] = await Promise.all([serveCases(chosen), openShower()]);
    on = { server, shower, engine: holdfastEngine() };
  });
  after(() => Promise.all([on.server.close(), on.shower.close(), on.engine.close()]));

  describe(`${topic}, captured and replayed with the network cut, are what they were live:`, {
    concurrency: 2,
  }, () => {
    for (const one of chosen) {
      test(`${one.promise} [${one.name}]`, { timeout: 90_000 }, async () => {
        const problems = await runCase(one, on);
        assert.deepEqual(problems, [], problems.join('\n'));
      });
    }
  });
}
