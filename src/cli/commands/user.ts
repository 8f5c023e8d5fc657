import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../context.ts';
import { timeText } from '../output/formats.ts';
import { padTo } from '../output/width.ts';
import { readPassword } from '../read-password.ts';
import { group, verb } from '../verb.ts';

/** `holdfast user add|password|list` */
export function userCommand(context: Context): Command {
  const { texts } = context;
  const t = texts.user;
  const add = verb('add', t.add, context)
    .argument('<name>', t.name)
    .option('--member', t.member)
    .action((name: string, flags: GlobalFlags & { member?: boolean }) =>
      context.withWorkspace(flags, async ({ auth }) => {
        const role = flags.member ? 'member' : 'administrator';
        const { id, createdAt } = await auth.createUser({
          name,
          password: await readPassword(context),
          role,
        });
        if (flags.json) context.sayJson({ id, name, role, createdAt: new Date(createdAt).toISOString() });
        else context.say(t.added(name));
      }),
    );
  const password = verb('password', t.password, context)
    .argument('<name>', t.name)
    .action((name: string, flags: GlobalFlags) =>
      context.withWorkspace(flags, async ({ auth }) => {
        await auth.setPassword(name, await readPassword(context));
        if (flags.json) context.sayJson({ name });
        else context.say(t.changed(name));
      }),
    );
  const list = verb('list', t.list, context).action((flags: GlobalFlags) =>
    context.withWorkspace(flags, async ({ auth }) => {
      const users = await auth.listUsers();
      if (flags.json)
        return context.sayJson(
          users.map(({ createdAt, ...user }) => ({ ...user, createdAt: new Date(createdAt).toISOString() })),
        );
      for (const { name, role, createdAt } of users)
        context.say(`${padTo(name, 24)} ${padTo(t.roles[role], 14)} ${timeText(createdAt)}`);
    }),
  );
  return group('user', t.about, context, [add, password, list]);
}
