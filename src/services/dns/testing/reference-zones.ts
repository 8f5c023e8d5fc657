import type { RecordInput, ZoneInput } from '../types.ts';

const zone = 'openshift4.example.com';
const a = (name: string, data: string): RecordInput => ({ name, type: 'A', ttlSeconds: 60, data });

/** A cluster's zone with one of everything, as the tests and their opponents serve it. */
export const referenceZone: ZoneInput = {
  name: zone,
  soa: { primary: `bastion.${zone}`, contact: 'hostmaster.example.com', serial: 7, ttlSeconds: 300 },
  ns: [`bastion.${zone}`],
  records: [
    a('bastion', '10.225.45.250'),
    a('registry', '10.225.45.250'),
    a('api', '10.225.45.250'),
    a('api-int', '10.225.45.250'),
    a('*.apps', '10.225.45.250'),
    a('named.apps', '10.225.45.9'),
    a('deep.ent.apps', '10.225.45.8'),
    ...['master1', 'master2', 'master3'].map((name, i) => a(name, `10.225.45.${251 + i}`)),
    ...[0, 1, 2].map((i) => a(`etcd-${i}`, `10.225.45.${251 + i}`)),
    ...[0, 1, 2].map(
      (i): RecordInput => ({
        name: '_etcd-server-ssl._tcp',
        type: 'SRV',
        ttlSeconds: 60,
        data: { priority: 0, weight: 10, port: 2380, target: `etcd-${i}.${zone}` },
      }),
    ),
    ...[1, 2, 3].map((i) => a('several', `10.225.45.${i}`)),
    ...Array.from({ length: 120 }, (_, i) => a('many', `10.225.46.${i + 1}`)),
    { name: 'six', type: 'AAAA', ttlSeconds: 60, data: 'fd00::250' },
    { name: 'text', type: 'TXT', ttlSeconds: 60, data: ['one', 'two words; "quoted"'] },
    { name: 'alias', type: 'CNAME', ttlSeconds: 60, data: `second-alias.${zone}` },
    { name: 'second-alias', type: 'CNAME', ttlSeconds: 60, data: `api.${zone}` },
    { name: 'to-nowhere', type: 'CNAME', ttlSeconds: 60, data: `nowhere.${zone}` },
    { name: 'to-wildcard', type: 'CNAME', ttlSeconds: 60, data: `console.apps.${zone}` },
    { name: 'outside', type: 'CNAME', ttlSeconds: 60, data: 'www.example.net' },
    { name: 'loop-a', type: 'CNAME', ttlSeconds: 60, data: `loop-b.${zone}` },
    { name: 'loop-b', type: 'CNAME', ttlSeconds: 60, data: `loop-a.${zone}` },
    { name: '*.aliases', type: 'CNAME', ttlSeconds: 60, data: `api.${zone}` },
    { name: 'child', type: 'NS', ttlSeconds: 60, data: `ns.child.${zone}` },
    a('ns.child', '10.225.45.77'),
  ],
};

/** Its addresses backwards. */
export const reverseZone: ZoneInput = {
  name: '45.225.10.in-addr.arpa',
  soa: { primary: `bastion.${zone}`, contact: 'hostmaster.example.com', serial: 7 },
  ns: [`bastion.${zone}`],
  records: [
    { name: '250', type: 'PTR', ttlSeconds: 60, data: `bastion.${zone}` },
    { name: '251', type: 'PTR', ttlSeconds: 60, data: `master1.${zone}` },
  ],
};
