import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cases } from './cases/index.ts';
import type { Engine } from './harness/engine.ts';
import { holdfastEngine } from './harness/holdfast-engine.ts';
import { runCase } from './harness/run.ts';
import { type CaseServer, serveCases } from './harness/server.ts';
import { openShower, type Shower } from './harness/show.ts';

const only = process.env.FIDELITY_ONLY;
const chosen = cases.filter(({ name }) => !only || new RegExp(only).test(name));
let on: { server: CaseServer; shower: Shower; engine: Engine };

before(async () => {
  const [server, shower, engine] = await Promise.all([serveCases(chosen), openShower(), holdfastEngine()]);
  on = { server, shower, engine };
});
after(() => Promise.all([on.server.close(), on.shower.close(), on.engine.close()]));

describe('a capture, replayed with the network cut, shows what was live:', { concurrency: 2 }, () => {
  for (const one of chosen) {
    test(`${one.promise} [${one.name}]`, { timeout: 90_000 }, async () => {
      const problems = await runCase(one, on);
      assert.deepEqual(problems, [], problems.join('\n'));
    });
  }
});
