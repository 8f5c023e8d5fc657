import type { DnsRecord, DnsZone } from '../../derive/dns-record.ts';
import { type Fragment, fileText } from '../formats/format.ts';
import { zoneFile } from '../formats/formats.ts';

/** A zone as a master file (RFC 1035); every name is written in full, so that no origin changes what it means. */
export function zoneText({ name, records }: DnsZone): string {
  return fileText(zoneFile`
    $ORIGIN ${name}
    ${records.map(lineOf)}
  `);
}

function lineOf(record: DnsRecord): Fragment<'a zone file'> {
  return zoneFile`${record.name} ${record.ttlSeconds} IN ${dataOf(record)}`;
}

function dataOf(record: DnsRecord): Fragment<'a zone file'> {
  switch (record.type) {
    case 'A':
      return zoneFile`A ${record.address}`;
    case 'PTR':
      return zoneFile`PTR ${record.target}`;
    case 'NS':
      return zoneFile`NS ${record.target}`;
    case 'SRV':
      return zoneFile`SRV ${record.priority} ${record.weight} ${record.port} ${record.target}`;
    case 'SOA':
      return zoneFile`SOA ${record.primary} ${record.mailbox} ${record.serial} ${record.refreshSeconds} ${record.retrySeconds} ${record.expireSeconds} ${record.negativeSeconds}`;
  }
}
