import { downloadsOf, installsOf } from '../../../plan/index.ts';
import { findings } from '../findings.ts';
import type { Scene, Verdict } from '../types.ts';
import { failed, passed, skipped } from '../verdict.ts';

/** Whether the running file service gives each address the ignition file that this plan gives it: it may run by an older plan. */
export async function rolesVerdict({ plan, control }: Scene): Promise<Verdict> {
  const expected = (await control?.state())?.files?.nodes;
  if (!expected) return skipped(findings.rolesUnknown());
  for (const { kind, path, nodes } of downloadsOf(plan)) {
    if (kind !== 'ignition') continue;
    for (const { name, address } of nodes) {
      const given = expected.filter((one) => one.node === name && one.path.startsWith('/ignition/'));
      if (given.some((one) => one.address === address && one.path === `/${path}`)) continue;
      const now = given.map((one) => `${one.address} ${one.path}`).join(', ') || '-';
      return failed(findings.roleOther({ node: name, planned: `${address} /${path}`, given: now }));
    }
  }
  return passed(findings.rolesRight({ nodes: installsOf(plan).length }));
}
