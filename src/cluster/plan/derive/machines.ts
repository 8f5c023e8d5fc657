import { bootstrapOf, hostOf, mastersOf, type Node, type Plan } from '../model.ts';
import { device } from '../render/formats/formats.ts';

/** Every installation that a plan asks for: its nodes, and after them the worker that bootstrap becomes. */
export function installsOf(plan: Plan): readonly Node[] {
  const worker = becomesOf(plan);
  return worker ? [...plan.nodes, worker] : plan.nodes;
}

/** The worker that the bootstrap machine is installed as afterwards; undefined where it becomes none. */
export function becomesOf(plan: Plan): Node | undefined {
  const bootstrap = bootstrapOf(plan);
  if (bootstrap?.becomes === undefined) return undefined;
  const { becomes, ...machine } = bootstrap;
  return { ...machine, name: becomes, role: 'worker' };
}

/** The disk of a node below /dev, whichever way the plan names it; throws `plan.unrenderable`. */
export const diskOf = ({ disk }: Node): string => device.word(disk.replace(/^\/dev\//, '')).text;

/** True for a cluster of one node, which bootstraps in place of having a bootstrap machine (4.8 and later). */
export const isSingleNode = (plan: Plan): boolean =>
  bootstrapOf(plan) === undefined && mastersOf(plan).length === 1;

/** The full name of the bastion, which is also the name server of the zones. */
export const bastionHostOf = (plan: Plan): string => hostOf(plan, plan.bastion.name);
