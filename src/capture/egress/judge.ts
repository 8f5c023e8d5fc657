import { networkInterfaces } from 'node:os';
import { embeddedAddresses, readAddress } from './embedded.ts';
import { inRanges, type OwnService, parseOwnService, parseRange } from './policy.ts';
import { type Address, specialRange } from './ranges.ts';
import type { EgressPolicy, RefusalReason } from './types.ts';

/** Says of one address and port why it may not be reached; undefined where it may. */
export interface Judge {
  judge(address: string, port: number): RefusalReason | undefined;
  /** Adds a server of ours that opened later; the answer takes it away again. */
  protect(address: string, port: number): () => void;
}

/** A judge by the operator's policy; throws `capture.badRange` or `capture.badOwnService` for an entry that cannot be read. */
export function createJudge(policy: EgressPolicy): Judge {
  const allowed = policy.allow.map(parseRange);
  const own = new Set<OwnService>(policy.never.flatMap(parseOwnService));
  const isOwn = (address: Address, port: number) => {
    for (const service of own) {
      if (service.port !== port) continue;
      // A connection to an unspecified address arrives at this machine.
      if (service.address === address.toString() || specialRange(address) === 'unspecified') return true;
      if (service.address === 'any' && isLocal(address)) return true;
    }
    return false;
  };
  const refusal = (address: Address) => (inRanges(address, allowed) ? undefined : specialRange(address));

  return {
    judge(text, port) {
      const address = readAddress(text);
      const embedded = embeddedAddresses(address);
      if ([address, ...embedded].some((candidate) => isOwn(candidate, port))) return 'own-service';
      if (inRanges(address, allowed)) return undefined;
      for (const candidate of embedded) {
        const reason = refusal(candidate);
        if (reason) return reason;
      }
      return specialRange(address);
    },
    protect(address, port) {
      const service = { address: readAddress(address).toString(), port };
      own.add(service);
      return () => void own.delete(service);
    },
  };
}

function isLocal(address: Address): boolean {
  if (specialRange(address) === 'loopback') return true;
  const text = address.toString();
  return Object.values(networkInterfaces()).some((list) =>
    list?.some((entry) => readAddress(entry.address).toString() === text),
  );
}
