import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createDnsServer, type RecordInput, type ZoneInput } from '../../../../services/dns/index.ts';
import { dnsOptionsOf } from '../../bastion/dns-options.ts';
import { brief, quietPlan, sceneOf, verdictsOf } from '../testing/scene.ts';
import { nameChecks } from './checks.ts';

const zone = 'openshift4.example.com';
const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing) await close();
});

/** What the checks say of a server with these zones. */
async function judged(change: (zones: readonly ZoneInput[]) => readonly ZoneInput[] = (zones) => zones) {
  const server = createDnsServer({
    zones: change(dnsOptionsOf(quietPlan).zones),
    listen: [{ host: '127.0.0.1', port: 0 }],
    allowedClients: ['127.0.0.0/8'],
  });
  const [at] = await server.listen();
  closing.push(server.close);
  return verdictsOf(nameChecks(sceneOf({ place: () => at! })));
}

const changed =
  (name: string, type: RecordInput['type'], replace: (record: RecordInput) => readonly RecordInput[]) =>
  (zones: readonly ZoneInput[]): readonly ZoneInput[] =>
    zones.map((one) => ({
      ...one,
      records: one.records.flatMap((record) =>
        record.name === `${name}.` && record.type === type ? replace(record) : [record],
      ),
    }));
const faultsOf = (verdicts: Awaited<ReturnType<typeof judged>>) =>
  [...verdicts].filter(([, { status }]) => status === 'failed' || status === 'warning');

test('every name of the plan passes at a server that has its records', async () => {
  const verdicts = await judged();
  assert.deepEqual(faultsOf(verdicts), []);
  assert.equal(brief(verdicts.get('names.upstream')), 'skipped preflight.noUpstream');
  assert.equal(verdicts.size, 13 + 6 + 1 + 3);
});

test('each record that is wrong or missing is found, and the mend says what it must be', async () => {
  const a = (name: string, data: string): RecordInput => ({
    name: `${name}.`,
    type: 'A',
    ttlSeconds: 60,
    data,
  });
  for (const record of dnsOptionsOf(quietPlan).zones.flatMap(({ records }) => records)) {
    const name = record.name.slice(0, -1);
    const [[id, verdict] = [], ...others] = faultsOf(await judged(changed(name, record.type, () => [])));
    const isWildcard = name.startsWith('*.');
    const kind = record.type.toLowerCase();
    // Of several PTR or SRV records of a name all are gone.
    assert.equal(id, isWildcard ? 'names.wildcard' : `names.${kind}.${name}`);
    assert.equal(others.length, 0, name);
    assert.match(
      verdict!.finding.hint!,
      new RegExp(
        `^Add the record at 10\\.225\\.45\\.250: ${name.replace(/[.*]/g, '\\$&')}\\. IN ${record.type} `,
      ),
    );
  }
  const moved = faultsOf(
    await judged(changed(`master2.${zone}`, 'A', () => [a(`master2.${zone}`, '10.225.45.99')])),
  );
  assert.deepEqual(
    moved.map(([id, { finding }]) => [id, finding.message, finding.hint]),
    [
      [
        `names.a.master2.${zone}`,
        '10.225.45.250 answers 10.225.45.99, it must be 10.225.45.252',
        `Change the record at 10.225.45.250: master2.${zone}. IN A 10.225.45.252`,
      ],
    ],
  );
});

test('a further address fails, a further name warns, and a wildcard of the whole zone is found', async () => {
  const [[, twice] = []] = faultsOf(
    await judged(changed(`api.${zone}`, 'A', (it) => [it, { ...it, type: 'A', data: '10.225.45.251' }])),
  );
  assert.equal(brief(twice), 'failed preflight.moreRecords');
  const [[, named] = []] = faultsOf(
    await judged(
      changed('251.45.225.10.in-addr.arpa', 'PTR', (it) => [
        it,
        { ...it, type: 'PTR', data: 'old.example.com' },
      ]),
    ),
  );
  assert.equal(brief(named), 'warning preflight.moreNames');
  const made = faultsOf(
    await judged((zones) =>
      zones.map((one, at) =>
        at > 0
          ? one
          : { ...one, records: [...one.records, { name: '*', type: 'A', ttlSeconds: 60, data: '10.0.0.1' }] },
      ),
    ),
  );
  assert.deepEqual(
    made.map(([id, { finding }]) => [id, finding.hint]),
    [['names.absent', `Take the wildcard *.${zone} out at 10.225.45.250; only *.apps.${zone} may be one`]],
  );
});

test('a plan that leaves DNS to nobody says so', async () => {
  const plan = {
    ...quietPlan,
    bastion: { ...quietPlan.bastion, serves: { ...quietPlan.bastion.serves, dns: 'external' as const } },
  };
  const verdicts = await verdictsOf(nameChecks(sceneOf({ plan })));
  assert.deepEqual([...verdicts.values()].map(brief), ['failed preflight.noNameServers']);
});
