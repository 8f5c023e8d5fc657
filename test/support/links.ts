import { changesMigrations, type Db } from '../../src/db/index.ts';
import { createJobs, jobsMigrations } from '../../src/jobs/index.ts';
import { type Clock, digestOf, newId } from '../../src/kernel/index.ts';
import { createLinks, linksMigrations, type NewSnapshot, type SnapshotTexts } from '../../src/links/index.ts';
import { createSearchIndex, searchMigrations } from '../../src/search/index.ts';

/** All tables that links need. */
export const linksTestMigrations = [
  ...changesMigrations,
  ...jobsMigrations,
  ...searchMigrations,
  ...linksMigrations,
];

/** A clock that a test moves. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export function createTestClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}

/** The room of links with its neighbours, as the program puts them together. */
export function createTestLinks(db: Db, clock: Clock, texts?: SnapshotTexts) {
  const jobs = createJobs({ db, clock });
  const search = createSearchIndex(db);
  return { jobs, search, links: createLinks({ db, search, jobs, clock, texts }) };
}

/** What a capture might hand in. */
export function makeSnapshot(given: Partial<NewSnapshot> & Pick<NewSnapshot, 'linkId'>): NewSnapshot {
  const jobId = given.jobId ?? newId();
  return {
    jobId,
    digest: digestOf(jobId),
    kind: 'page',
    verdict: 'good',
    evidence: [{ code: 'httpStatus', details: { status: 200 } }],
    takenAt: Date.UTC(2026, 0, 1),
    finalUrl: 'https://example.com/',
    title: 'A title',
    description: '',
    author: '',
    publishedAt: '',
    language: 'en',
    siteName: '',
    formats: ['html', 'png', 'text'],
    measures: { resources: 1, missing: 0, sizeBytes: 10, characters: 5, durationMs: 3 },
    searchText: '',
    ...given,
  };
}
