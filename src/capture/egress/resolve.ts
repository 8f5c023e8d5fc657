import { isIP } from 'node:net';
import { errorText } from '../../kernel/index.ts';
import { captureErrors } from '../errors.ts';
import { isUsablePort } from './bad-ports.ts';
import { readAddress } from './embedded.ts';
import { parseHost } from './host.ts';
import type { Judge } from './judge.ts';
import type { Resolver } from './resolver.ts';
import type { PinnedTarget } from './types.ts';

const resolveTimeoutMs = 15_000;

/**
 * Resolves a host once and judges every address of it: one refused address refuses the name, because a mixed answer is
 * how rebinding begins. Throws `capture.refusedAddress`, `capture.refusedPort` or `capture.unresolvable`.
 */
export async function resolveTarget(
  host: string,
  port: number,
  judge: Judge,
  resolver: Resolver,
): Promise<PinnedTarget> {
  const parsed = parseHost(host);
  const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  if (!parsed) throw captureErrors.unresolvable({ target, detail: 'this is not the name of a host' });
  if (!isUsablePort(port)) throw captureErrors.refusedPort({ target, port });
  const addresses = parsed.kind === 'address' ? [parsed.address] : await lookUp(parsed, target, resolver);
  const judged = addresses.map((address) => ({ address, reason: judge.judge(address, port) }));
  const bad = judged.find((each) => each.reason !== undefined);
  // The two addresses of "localhost" are ours, not an answer: one that may be reached is enough.
  const mayPick = parsed.kind === 'name' && parsed.loopback;
  const good = judged.filter((each) => each.reason === undefined);
  if (bad && !(mayPick && good.length > 0))
    throw captureErrors.refusedAddress({ target, address: bad.address, reason: bad.reason! });
  const [first, ...others] = good.map((each) => connectable(each.address));
  const name = parsed.kind === 'name' ? parsed.name : first!;
  return { host: name, port, address: first!, family: isIP(first!) as 4 | 6, others };
}

async function lookUp(
  parsed: { name: string; loopback: boolean },
  target: string,
  resolver: Resolver,
): Promise<readonly string[]> {
  if (parsed.loopback) return ['127.0.0.1', '::1'];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the name server did not answer in time')), resolveTimeoutMs);
  });
  try {
    const addresses = await Promise.race([resolver(parsed.name), late]);
    if (addresses.length === 0) throw new Error('the name has no address');
    const odd = addresses.find((address) => isIP(address) === 0);
    if (odd !== undefined) throw new Error(`the name server answered "${odd}"`);
    return addresses;
  } catch (cause) {
    throw captureErrors.unresolvable({ target, detail: errorText(cause) }, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** The form that a socket takes: mapped addresses as IPv4, a zone kept. */
function connectable(address: string): string {
  const zone = /%.*$/s.exec(address)?.[0] ?? '';
  const read = readAddress(address);
  return read.kind() === 'ipv4' ? read.toString() : read.toString() + zone;
}
