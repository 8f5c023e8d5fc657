import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openRegistry } from '../../../src/registry/testing/open-registry.ts';
import { hasDockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { createClient, type Send } from './client.ts';
import { discoveryCases } from './discovery.ts';
import { managementCases } from './management.ts';
import { pullCases } from './pull.ts';
import { pushBlobCases, pushManifestCases } from './push.ts';
import { type Case, createWorld } from './world.ts';

/** The four workflows of the distribution spec ("Workflow Categories"). */
const workflows: Readonly<Record<string, readonly Case[]>> = {
  pull: pullCases,
  'push of blobs': pushBlobCases,
  'push of manifests': pushManifestCases,
  discovery: discoveryCases,
  management: managementCases,
};

function conforms(start: () => Promise<{ send: Send; close(): Promise<void> }>, isOracle: boolean): void {
  let registry: Awaited<ReturnType<typeof start>>;
  before(async () => {
    registry = await start();
  });
  after(() => registry?.close());
  for (const [workflow, cases] of Object.entries(workflows))
    describe(workflow, () => {
      for (const { title, notInDocker, run } of cases)
        test(
          isOracle && notInDocker !== undefined ? `not here (${notInDocker}): ${title}` : title,
          async () => {
            const done = run(createWorld(registry.send));
            // An oracle that does keep the promise could judge us by it as well.
            if (isOracle && notInDocker !== undefined) await assert.rejects(done);
            else await done;
          },
        );
    });
}

describe('Holdfast as a registry of distribution-spec 1.1', () => {
  conforms(async () => {
    const registry = await openRegistry();
    const { secret } = await registry.robots.create({
      name: 'all',
      rights: [{ pattern: '*', actions: ['pull', 'push', 'delete'] }],
    });
    const basic = `Basic ${Buffer.from(`all:${secret}`).toString('base64')}`;
    return { send: createClient(registry.url, basic), close: registry.close };
  }, false);
});

describe('docker-registry as the oracle of the same cases', {
  skip: hasDockerRegistry ? false : 'docker-registry is not installed',
}, () => {
  conforms(async () => {
    const registry = await startDockerRegistry();
    return { send: createClient(registry.url), close: registry.close };
  }, true);
});
