import type { Command } from 'commander';
import type { Action, Right } from '../../registry/index.ts';
import { actions } from '../../registry/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { timeText } from '../output/formats.ts';
import { padTo } from '../output/width.ts';
import { collect, group, numberOf, verb } from '../verb.ts';
import { quotaCommand } from './registry-quota.ts';

interface RobotFlags extends GlobalFlags, Readonly<Partial<Record<Action, readonly string[]>>> {
  readonly days?: string;
}

const dayMs = 24 * 3_600_000;
const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());

/** `holdfast registry robot|quota|ca` */
export function registryCommand(context: Context): Command {
  const { texts } = context;
  const ca = verb('ca', texts.registry.ca, context).action((flags: GlobalFlags) =>
    context.withWorkspace(flags, async ({ registry }) => {
      const certificate = await registry.authority.certificate();
      if (flags.json) context.sayJson({ certificate });
      else context.say(certificate.trimEnd());
    }),
  );
  return group('registry', texts.registry.about, context, [robotCommand(context), quotaCommand(context), ca]);
}

function robotCommand(context: Context): Command {
  const t = context.texts.registry;
  const add = verb('add', t.add, context).argument('<name>', t.name);
  for (const action of actions) add.option(`--${action} <pattern>`, t[action], collect);
  add.option('--days <number>', t.days).action((name: string, flags: RobotFlags) =>
    context.withWorkspace(flags, async ({ registry }) => {
      const days = flags.days === undefined ? undefined : numberOf('--days', flags.days);
      const { secret, id, rights, createdAt, expiresAt } = await registry.robots.create({
        name,
        rights: rightsOf(flags),
        ...(days !== undefined && { expiresAt: Date.now() + days * dayMs }),
      });
      if (!flags.json) return context.say(secret);
      context.sayJson({ id, name, rights, createdAt: iso(createdAt), expiresAt: iso(expiresAt), secret });
    }),
  );
  const list = verb('list', t.list, context).action((flags: GlobalFlags) =>
    context.withWorkspace(flags, async ({ registry }) => {
      const robots = await registry.robots.list();
      if (flags.json)
        return context.sayJson(
          robots.map(({ createdAt, expiresAt, lastUsedAt, ...robot }) => ({
            ...robot,
            createdAt: iso(createdAt),
            expiresAt: iso(expiresAt),
            lastUsedAt: iso(lastUsedAt),
          })),
        );
      for (const { name, rights, expiresAt, lastUsedAt } of robots)
        context.say(
          [
            padTo(name, 24),
            rights.map((right) => `${right.actions.join('+')}:${right.pattern}`).join(' '),
            lastUsedAt === null ? t.never : t.used(timeText(lastUsedAt)),
            ...(expiresAt === null ? [] : [t.ends(timeText(expiresAt))]),
          ].join('  '),
        );
    }),
  );
  const remove = verb('remove', t.remove, context)
    .argument('<name>', t.name)
    .action((name: string, flags: GlobalFlags) =>
      context.withWorkspace(flags, async ({ registry }) => {
        await registry.robots.revoke(name);
        if (flags.json) context.sayJson({ name });
        else context.say(t.removed(name));
      }),
    );
  return group('robot', t.robot, context, [add, list, remove]);
}

/** One right for each pattern, with all that it was named for. */
function rightsOf(flags: RobotFlags): readonly Right[] {
  const byPattern = new Map<string, Action[]>();
  for (const action of actions)
    for (const pattern of flags[action] ?? [])
      byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), action]);
  return [...byPattern].map(([pattern, allowed]) => ({ pattern, actions: allowed }));
}
