/** A block of addresses; `first` and `last` are unsigned 32-bit numbers. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
  /** False where the text had bits beyond the prefix, as `10.0.0.1/24` has. */
  readonly aligned: boolean;
}

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

/** A dotted IPv4 address without leading zeros, which some programs read as octal. */
export const addressPattern = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** An IPv4 network in CIDR form. */
export const networkPattern = new RegExp(`^${octet}(?:\\.${octet}){3}/(?:3[0-2]|[12]?\\d)$`);

/** The address as an unsigned 32-bit number; undefined for anything else. */
export function findAddress(text: string): number | undefined {
  if (!addressPattern.test(text)) return undefined;
  return text.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

/** The block that a CIDR names; undefined for anything else. */
export function findBlock(text: string): Block | undefined {
  if (!networkPattern.test(text)) return undefined;
  const [base = '', length = ''] = text.split('/');
  const address = findAddress(base)!;
  const prefix = Number(length);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1, prefix, aligned: first === address };
}

/** The dotted form of an unsigned 32-bit number. */
export const addressText = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** The dotted mask of a prefix length, `255.255.255.0` for 24. */
export const maskOf = (prefix: number): string => addressText(2 ** 32 - 2 ** (32 - prefix));

/** True where the address lies in the block. */
export const isInside = (block: Block, address: number): boolean =>
  address >= block.first && address <= block.last;

/** True where two blocks share an address. */
export const overlap = (a: Block, b: Block): boolean => a.first <= b.last && b.first <= a.last;
