import fc from 'fast-check';
import type { z } from 'zod';
import { fillIn } from '../format/fill-in.ts';
import { planSchema } from '../format/schema.ts';
import type { Plan } from '../model.ts';

/** A plan as somebody writes it, as plain values. */
export type PlanInput = z.input<typeof planSchema>;

const versions = [
  { version: '4.3.40', rhcos: '4.3.33' },
  { version: '4.5.9', rhcos: '4.5.6' },
  { version: '4.6.62', rhcos: '4.6.47' },
  { version: '4.8.57', rhcos: '4.8.14' },
  { version: '4.11.59', rhcos: '4.11.9' },
  { version: '4.14.9', rhcos: '4.14.0' },
  { version: '4.16.20', rhcos: '4.16.3' },
  { version: '4.20.4', rhcos: '4.20.0' },
];

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const word = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 8 })
  .map((characters) => `n${characters.join('')}`);

/** Distinct last octets that are neither the network's address nor its broadcast. */
const octets = fc.uniqueArray(fc.integer({ min: 2, max: 253 }), { minLength: 20, maxLength: 20 });

interface Parts {
  readonly version: (typeof versions)[number];
  readonly network: string;
  readonly octets: readonly number[];
  readonly words: readonly string[];
  readonly workers: number;
  readonly single: boolean;
  readonly becomes: boolean;
  readonly outside: boolean;
  readonly port: number;
  readonly stated: boolean;
  readonly kernelArguments: string[];
}

const parts: fc.Arbitrary<Parts> = fc.record({
  version: fc.constantFrom(...versions),
  network: fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 99 }), fc.nat(255)).map(([b, c]) => `10.${b}.${c}`),
    fc.nat(255).map((c) => `192.168.${c}`),
  ),
  octets,
  words: fc.uniqueArray(word, { minLength: 14, maxLength: 14 }),
  workers: fc.nat(4),
  single: fc.boolean(),
  becomes: fc.boolean(),
  outside: fc.boolean(),
  port: fc.constantFrom(5000, 8443, 5443),
  stated: fc.boolean(),
  kernelArguments: fc.subarray(['console=tty0', 'console=ttyS0', 'panic=30']),
});

function inputOf(it: Parts): PlanInput {
  const address = (index: number) => `${it.network}.${it.octets[index]}`;
  const minor = Number(it.version.version.split('.')[1]);
  const isSingle = it.single && minor >= 8;
  const masters = isSingle ? 1 : 3;
  const name = (index: number) => it.words[index]!;
  const node = (role: 'bootstrap' | 'master' | 'worker', index: number) => ({
    name: name(index),
    role,
    address: address(index),
  });
  const nodes: PlanInput['nodes'] = Array.from({ length: masters }, (_, index) => node('master', index));
  if (!isSingle) {
    nodes.unshift({ ...node('bootstrap', 3), ...(it.becomes && { becomes: name(4) }) });
    for (let index = 0; index < it.workers; index++) nodes.push(node('worker', 5 + index));
  }
  const zone = `${name(10)}.${name(11)}.example.com`;
  return {
    cluster: { name: name(10), baseDomain: `${name(11)}.example.com`, version: it.version.version },
    networks: {
      machine: `${it.network}.0/24`,
      gateway: address(10),
      ...(it.stated && { pods: { cidr: '10.132.0.0/14', hostPrefix: 22 }, services: '172.31.0.0/16' }),
      ...(isSingle && { type: 'OVNKubernetes' as const }),
    },
    bastion: { name: name(12), address: address(11), ...(it.stated && { filesPort: 8088, statsPort: 9001 }) },
    registry: it.outside
      ? { host: `${name(13)}.${zone}`, address: address(12), port: it.port, repository: 'ocp4/openshift4' }
      : { port: it.port },
    nodeDefaults: { disk: 'sda', interface: 'ens192', kernelArguments: it.kernelArguments },
    nodes,
    dns: { upstream: it.stated ? ['192.0.2.53'] : [], ttlSeconds: 60 },
    timeServers: [address(11)],
    rhcos: { version: it.version.rhcos },
    secrets: {
      pullSecret: 'pull-secret.json',
      sshKey: 'id_ed25519.pub',
      ...(it.outside && { trustBundle: 'ca.pem' }),
    },
  };
}

/** Random valid plans as they are written: several versions, one or three masters, workers or none, either place of the registry. */
export const arbitraryPlanInput: fc.Arbitrary<PlanInput> = parts.map(inputOf);

/** Random valid plans, as the parser gives them. */
export const arbitraryPlan: fc.Arbitrary<Plan> = arbitraryPlanInput.map(
  (input) => fillIn(planSchema.parse(input)).plan,
);
