import type { BalancerState } from './state.ts';
import type { LeaveRule } from './types.ts';

/**
 * Says which temporary backends are to leave: those whose permanent companions have carried every frontend that they stand in
 * for as long as the rule says. Keeps the time since which each could go; call it after every change and about once a second.
 */
export function createLeave({
  healthy,
  holdMs,
}: LeaveRule): (frontends: BalancerState['frontends'], now: number) => readonly string[] {
  const since = new Map<string, number>();

  const carried = ({ backends }: BalancerState['frontends'][number]) => {
    const permanent = backends.filter(({ temporary, drained }) => !temporary && !drained);
    const needed = healthy === 'all' ? permanent.length : Math.min(healthy, permanent.length);
    return permanent.length > 0 && permanent.filter(({ health }) => health === 'up').length >= needed;
  };

  return (frontends, now) => {
    const staying = new Map<string, boolean>();
    for (const frontend of frontends)
      for (const { name, temporary, drained } of frontend.backends)
        if (temporary && !drained) staying.set(name, (staying.get(name) ?? true) && carried(frontend));
    for (const name of since.keys()) if (staying.get(name) !== true) since.delete(name);
    for (const [name, mayGo] of staying) if (mayGo && !since.has(name)) since.set(name, now);
    return [...since].filter(([, from]) => now - from >= holdMs).map(([name]) => name);
  };
}
