import { networkInterfaces } from 'node:os';

/** The name of the interface of this machine that has an address; undefined where none has. */
export function interfaceWith(address: string): string | undefined {
  return Object.entries(networkInterfaces()).find(([, list]) =>
    list?.some((one) => one.address === address),
  )?.[0];
}

/** Every IPv4 address of this machine but those of loopback. */
export const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter((one) => one.family === 'IPv4' && !one.internal).map(({ address }) => address),
  );
