import type { RecordInput, ZoneInput } from '../../../src/services/dns/index.ts';
import { referenceZone, reverseZone } from '../../../src/services/dns/testing/reference-zones.ts';
import { seeded } from '../../lib/statistics.ts';

const nodes = 200;

/** The reference cluster with many more nodes, as both engines serve it. */
export const zones: readonly ZoneInput[] = [
  {
    ...referenceZone,
    records: [
      ...referenceZone.records,
      ...Array.from(
        { length: nodes },
        (_, i): RecordInput => ({ name: `node${i}`, type: 'A', ttlSeconds: 60, data: `10.226.0.${i + 1}` }),
      ),
    ],
  },
  reverseZone,
];

/** What a cluster asks, one question a line: known names over and over, one in five new each time, one in ten missing. */
export function questions(count: number): string {
  const random = seeded(45);
  const zone = referenceZone.name;
  const line = (_: unknown, i: number) => {
    const kind = random();
    if (kind < 0.45) return `node${Math.floor(random() * nodes)}.${zone} A`;
    if (kind < 0.6) return `api-int.${zone} ${random() < 0.5 ? 'A' : 'AAAA'}`;
    if (kind < 0.65) return `_etcd-server-ssl._tcp.${zone} SRV`;
    if (kind < 0.7) return `${250 + Math.floor(random() * 2)}.${reverseZone.name} PTR`;
    return kind < 0.9 ? `route${i}.apps.${zone} A` : `missing${Math.floor(random() * 500)}.${zone} A`;
  };
  return `${Array.from({ length: count }, line).join('\n')}\n`;
}
