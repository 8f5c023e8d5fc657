import { recordsOf } from '../../derive/records.ts';
import type { Plan } from '../../model.ts';
import { yamlText } from '../formats/data.ts';
import { fileText } from '../formats/format.ts';
import { named } from '../formats/formats.ts';

/** What a zone's file is called. */
export const zoneFileName = (zone: string): string => `${zone}.zone`;

/** A part of BIND's named.conf that serves the zones; `master` is what every version of it understands. */
export function namedText(plan: Plan): string {
  const zones = recordsOf(plan).zones.map(
    ({ name }) => named`zone "${name}" IN { type master; file "${zoneFileName(name)}"; };`,
  );
  return fileText(named`
    // Include this file in named.conf; the zone files lie in the folder of its option "directory".
    ${zones}
  `);
}

/** A part of Knot's knot.conf that serves the zones. */
export function knotText(plan: Plan): string {
  const zone = recordsOf(plan).zones.map(({ name }) => ({ domain: name, file: zoneFileName(name) }));
  return yamlText({ zone }, [
    'Include this file in knot.conf; the zone files lie in the "storage" of its default template.',
  ]);
}
