import type { Command } from 'commander';
import type { User } from '../../auth/index.ts';
import { authErrors } from '../../auth/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { cliErrors } from '../errors.ts';
import { timeText } from '../output/formats.ts';
import { padTo, plainLine } from '../output/width.ts';
import type { Workspace } from '../program.ts';
import { group, verb } from '../verb.ts';

interface Flags extends GlobalFlags {
  readonly user?: string;
}

/** `holdfast token add|list|remove` */
export function tokenCommand(context: Context): Command {
  const { texts } = context;
  const t = texts.token;
  const make = (name: string, about: string) => verb(name, about, context).option('--user <name>', t.user);
  const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  const add = make('add', t.add)
    .argument('<name>', t.name)
    .action((name: string, flags: Flags) =>
      context.withWorkspace(flags, async (workspace) => {
        const user = await ownerOf(workspace, flags);
        const { token, id, createdAt } = await workspace.auth.createToken(user.id, name);
        if (flags.json) context.sayJson({ id, name, user: user.name, createdAt: iso(createdAt), token });
        else context.say(token);
      }),
    );
  const list = make('list', t.list).action((flags: Flags) =>
    context.withWorkspace(flags, async (workspace) => {
      const user = await ownerOf(workspace, flags);
      const tokens = await workspace.auth.listTokens(user.id);
      if (flags.json)
        return context.sayJson(
          tokens.map(({ createdAt, lastUsedAt, ...token }) => ({
            ...token,
            createdAt: iso(createdAt),
            lastUsedAt: iso(lastUsedAt),
          })),
        );
      for (const { id, name, lastUsedAt } of tokens)
        context.say(
          `${id} ${padTo(plainLine(name), 24)} ${lastUsedAt === null ? t.never : t.used(timeText(lastUsedAt))}`,
        );
    }),
  );
  const remove = make('remove', t.remove)
    .argument('<id>', t.id)
    .action((id: string, flags: Flags) =>
      context.withWorkspace(flags, async (workspace) => {
        await workspace.auth.revokeToken((await ownerOf(workspace, flags)).id, id);
        if (flags.json) context.sayJson({ id });
        else context.say(t.removed(id));
      }),
    );
  return group('token', t.about, context, [add, list, remove]);
}

/** Whoever runs the command on the machine may act for any user; with one user there is nothing to name. */
async function ownerOf({ auth }: Workspace, { user: name }: Flags): Promise<User> {
  const users = await auth.listUsers();
  if (name !== undefined) {
    const user = users.find((it) => it.name.toLowerCase() === name.toLowerCase());
    if (user) return user;
    throw authErrors.noUser({ name });
  }
  const [first, ...others] = users;
  if (!first) throw cliErrors.noUserYet();
  if (others.length > 0) throw cliErrors.whichUser({ names: users.map((it) => it.name).join(', ') });
  return first;
}
