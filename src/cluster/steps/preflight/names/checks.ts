import { randomBytes } from 'node:crypto';
import { askDns } from '../../../../services/dns/index.ts';
import { type DnsRecord, hostOf, nameServersOf, type Plan, recordsOf, zoneOf } from '../../../plan/index.ts';
import { findings } from '../findings.ts';
import type { Check, Scene } from '../types.ts';
import { failed, passed, skipped, warning } from '../verdict.ts';
import { askAll } from './ask.ts';
import { findSilent, judgeAnswers, type Wanted } from './judge.ts';

/** Every name of the plan forward and backward, SRV, the wildcard, a name that must not be there, and the upstream. */
export function nameChecks(scene: Scene): readonly Check[] {
  if (nameServersOfOrNone(scene.plan).length === 0)
    return [check('names.servers', zoneOf(scene.plan), async () => failed(findings.noNameServers()))];
  return [
    ...wantedOf(scene.plan).map((wanted) => recordCheck(scene, wanted)),
    wildcardCheck(scene),
    absentCheck(scene),
    ...upstreamChecks(scene),
  ];
}

/** What every name must give, by the plan's own records; a name that stands above its zone as well. */
export function wantedOf(plan: Plan): readonly Wanted[] {
  const { zones, omitted } = recordsOf(plan);
  const wanted = new Map<string, Wanted>();
  const add = (type: Wanted['type'], name: string, data: string) => {
    const known = wanted.get(`${type} ${name}`)?.data ?? [];
    wanted.set(`${type} ${name}`, { name, type, data: [...known, data] });
  };
  for (const record of zones.flatMap(({ records }) => records)) {
    const data = dataOf(record);
    if (data !== undefined && !record.name.startsWith('*.'))
      add(record.type as Wanted['type'], record.name, data);
  }
  for (const { name, address } of omitted) add('A', name, address);
  return [...wanted.values()];
}

function dataOf(record: DnsRecord): string | undefined {
  if (record.type === 'A') return record.address;
  if (record.type === 'PTR') return record.target;
  if (record.type === 'SRV') return `${record.priority} ${record.weight} ${record.port} ${record.target}`;
  return undefined;
}

const check = (id: string, title: string, run: Check['run']): Check => ({ id, group: 'names', title, run });

const recordCheck = (scene: Scene, wanted: Wanted): Check =>
  check(
    `names.${wanted.type.toLowerCase()}.${wanted.name}`,
    `${wanted.type} ${wanted.name}`,
    async (signal) => judgeAnswers(await askAll(scene, wanted.name, wanted.type, signal), wanted),
  );

const randomLabel = () => `holdfast-${randomBytes(6).toString('hex')}`;

function wildcardCheck(scene: Scene): Check {
  const { plan } = scene;
  const wildcard = hostOf(plan, '*.apps');
  return check('names.wildcard', `A ${wildcard}`, async (signal) => {
    const heard = await askAll(scene, hostOf(plan, `${randomLabel()}.apps`), 'A', signal);
    return judgeAnswers(heard, { name: wildcard, type: 'A', data: [plan.balancer.ingressAddress] });
  });
}

function absentCheck(scene: Scene): Check {
  const zone = zoneOf(scene.plan);
  return check('names.absent', `NXDOMAIN ${zone}`, async (signal) => {
    const name = `${randomLabel()}.${zone}`;
    const heard = await askAll(scene, name, 'A', signal);
    const silent = findSilent(heard);
    if (silent) return silent;
    for (const { server, reply } of heard)
      if (reply.kind === 'answer' && reply.rcode !== 'NXDOMAIN') {
        const answered = reply.data.slice(0, 5).join(', ') || reply.rcode;
        return failed(findings.madeUpName({ server, name, answered, zone }));
      }
    return passed(findings.nameAbsent({ name }));
  });
}

/** Whether names outside are answered, which is asked of the root alone, since behind an air gap nothing else is known. */
function upstreamChecks({ plan, place }: Scene): readonly Check[] {
  const { upstream } = plan.dns;
  if (plan.bastion.serves.dns === 'external') return [];
  if (upstream.length === 0)
    return [check('names.upstream', 'upstream', async () => skipped(findings.noUpstream()))];
  return upstream.map((server) =>
    check(`names.upstream.${server}`, `upstream ${server}`, async (signal) => {
      const at = place({ host: server, port: 53 });
      const reply = await askDns({
        server: at,
        name: '.',
        type: 'SOA',
        transport: 'udp',
        timeoutMs: 2_000,
        signal,
      });
      // Whatever it says of the root, it is there and speaks.
      if (reply.kind !== 'silent') return passed(findings.upstreamAnswers({ server }));
      return warning(findings.upstreamSilent({ server, reason: reply.reason }));
    }),
  );
}

function nameServersOfOrNone(plan: Plan): readonly string[] {
  return plan.bastion.serves.dns === 'external' && plan.dns.upstream.length === 0 ? [] : nameServersOf(plan);
}
