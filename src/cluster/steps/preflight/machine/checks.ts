import { hostname } from 'node:os';
import { hostOf } from '../../../plan/index.ts';
import { findings } from '../findings.ts';
import { listenersOf } from '../ports/listeners.ts';
import type { Check, Scene } from '../types.ts';
import { failed, passed, warning } from '../verdict.ts';
import { diskChecks } from './disk.ts';
import { interfaceWith, ownAddresses } from './interfaces.ts';

/** The bastion itself: its addresses really on this machine, its name, its disks, and whether it serves. */
export function machineChecks(scene: Scene): readonly Check[] {
  const { plan, control } = scene;
  const listeners = listenersOf(plan);
  const addresses = [...new Set([plan.bastion.address, ...listeners.map(({ host }) => host)])];
  const check = (id: string, title: string, run: Check['run']): Check => ({
    id: `machine.${id}`,
    group: 'machine',
    title,
    run,
  });
  const isServed = listeners.some(({ service }) => service !== 'registry');
  return [
    ...addresses.map((address) =>
      check(`address.${address}`, address, async () => {
        const name = interfaceWith(address);
        if (name !== undefined) return passed(findings.addressHere({ name }));
        return failed(findings.addressElsewhere({ address, own: ownAddresses().join(', ') || '-' }));
      }),
    ),
    check('name', hostOf(plan, plan.bastion.name), async () => {
      const own = hostname();
      const planned = hostOf(plan, plan.bastion.name);
      if (own === planned || own === plan.bastion.name) return passed(findings.hostName({ name: own }));
      return warning(findings.otherHostName({ own: own.slice(0, 100), planned }));
    }),
    ...diskChecks(scene),
    ...(isServed
      ? [
          check('bastion', 'holdfast cluster up', async () =>
            control ? passed(findings.bastionServes()) : failed(findings.noBastion()),
          ),
        ]
      : []),
  ];
}
