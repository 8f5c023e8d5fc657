import { bastionAtMasters, sceneJournal, scenePlan, sceneZone } from '../../../test/support/cluster-scene.ts';
import { stepsErrors, viewOf } from '../../cluster/steps/index.ts';
import { digestOf } from '../../kernel/index.ts';
import type { ClusterFacts, ClusterViews } from '../clusters/types.ts';

/** One cluster that has everything that can be told of one. */
export function sceneClusters(nowMs = Date.now()): ClusterViews {
  const generation = {
    id: '01k9znf3w2',
    kind: 'cluster',
    createdAt: nowMs - 3_600_000,
    expiresAt: nowMs + 23 * 3_600_000,
    inputs: digestOf(''),
    files: [],
    expiryFrom: 'certificates',
    shortLived: 9,
  } as const;
  const journal = sceneJournal('finished', nowMs, generation.id, '/work');
  journal.warnings = [{ at: nowMs, code: 'planChanged', details: {} }];
  const bastion = bastionAtMasters(nowMs);
  const facts: ClusterFacts = {
    zone: sceneZone,
    at: nowMs,
    plan: scenePlan,
    install: viewOf(scenePlan, journal, generation, nowMs),
    generations: [{ ...generation, freshness: 'fresh' }],
    bastion: { ...bastion, missing: [{ path: 'rhcos.raw.gz', file: '/srv/cluster/images/rhcos.raw.gz' }] },
    bastionIsHere: true,
    faults: [stepsErrors.badJournal({ path: '/srv/cluster/install.json', fault: 'x' })],
  };
  return {
    any: async () => true,
    list: async () => [facts],
    find: async (zone) => (zone === sceneZone ? facts : undefined),
  };
}
