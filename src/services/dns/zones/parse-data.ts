import ipaddr from 'ipaddr.js';
import { dnsErrors } from '../errors.ts';
import type { RecordInput } from '../types.ts';
import { types } from '../wire/codes.ts';
import { type WireName, wireOf } from '../wire/name.ts';
import { bytesOnly, type Rdata } from '../wire/records.ts';

type TextInput = Extract<RecordInput, { type: 'TXT' }>;

/** Bytes of one record's text, with the length of each piece. */
const longestText = 16_384;

/** The data of a record as it is served; throws where it cannot be. */
export function parseData(record: RecordInput, zone: string): Rdata {
  const { name } = record;
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return addressOf(record.type === 'A' ? 4 : 6, record.data, { name, zone });
    case 'SRV': {
      const { priority, weight, port, target } = record.data;
      const numbers = Object.entries({ priority, weight, port });
      for (const [field, value] of numbers) checkNumber({ zone, name, field, value, highest: 65_535 });
      return bytesOnly(numbers.map(([, value]) => shortOf(value)).join('') + targetOf(target, zone));
    }
    case 'TXT':
      return textOf(record, zone);
    case 'CNAME':
    case 'PTR':
    case 'NS':
      return nameOnly(targetOf(record.data, zone));
  }
}

export const typeOf = (record: RecordInput): number => types[record.type];

export const nameOnly = (name: WireName): Rdata => ({ head: '', names: [name], tail: '' });

/** A name that records may point to: a host name without wildcard. */
export function targetOf(text: string, zone: string): WireName {
  const name = text.startsWith('*') || text === '.' ? undefined : wireOf(text);
  if (name === undefined) throw dnsErrors.badName({ name: text, zone });
  return name;
}

/** Throws unless the value is a whole number from 0 on. */
export function checkNumber(it: {
  readonly zone: string;
  readonly name: string;
  readonly field: string;
  readonly value: number;
  readonly highest: number;
}): void {
  if (!Number.isInteger(it.value) || it.value < 0 || it.value > it.highest)
    throw dnsErrors.badNumber({ ...it });
}

function addressOf(version: 4 | 6, address: string, where: { name: string; zone: string }): Rdata {
  const isRight = version === 4 ? ipaddr.IPv4.isValidFourPartDecimal(address) : ipaddr.IPv6.isValid(address);
  if (!isRight || address.includes('%')) throw dnsErrors.badAddress({ ...where, address, version });
  return bytesOnly(String.fromCharCode(...ipaddr.parse(address).toByteArray()));
}

function textOf({ name, data }: TextInput, zone: string): Rdata {
  const pieces = (typeof data === 'string' ? [data] : data).flatMap((text) => {
    const bytes = Buffer.from(text).toString('latin1');
    return bytes === '' ? [''] : (bytes.match(/[\s\S]{1,255}/g) ?? []);
  });
  const rdata = pieces.map((piece) => String.fromCharCode(piece.length) + piece).join('');
  if (rdata === '' || rdata.length > longestText) throw dnsErrors.badText({ name, zone });
  return bytesOnly(rdata);
}

const shortOf = (value: number) => String.fromCharCode(value >> 8, value & 255);

/** Four bytes, big end first. */
export const longOf = (value: number): string => shortOf(value >>> 16) + shortOf(value & 0xffff);
