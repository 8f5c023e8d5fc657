import { isIP } from 'node:net';
import { registryErrors } from '../errors.ts';

/** A name that a certificate is for. */
export interface HostName {
  readonly type: 'dns' | 'ip';
  readonly value: string;
}

const dnsPattern = /^(?:\*\.)?(?=.{1,253}$)(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*$/;

/** DNS names (the first level may be `*`) and IP addresses of a certificate, each once; throws `registry.badHostName`. */
export function parseHostNames(texts: Iterable<string>): readonly HostName[] {
  const names = new Map<string, HostName>();
  for (const text of texts) {
    const value = text.trim().toLowerCase().replace(/\.$/, '');
    if (value === '') continue;
    const bare = value.replace(/^\[(.*)\]$/, '$1');
    const isAddress = isIP(bare) !== 0;
    // A dotted number that is no address would be a name that clients never ask for.
    if (!isAddress && (!dnsPattern.test(value) || /^[\d.]+$/.test(value)))
      throw registryErrors.badHostName({ name: text.slice(0, 255) });
    const name: HostName = isAddress ? { type: 'ip', value: bare } : { type: 'dns', value };
    names.set(name.value, name);
  }
  return [...names.values()];
}
