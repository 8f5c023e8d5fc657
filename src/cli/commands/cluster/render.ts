import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Plan, RenderInputs } from '../../../cluster/plan/index.ts';
import type { WrittenFolder } from '../../../cluster/steps/index.ts';
import type { Context, GlobalFlags } from '../../context.ts';
import { sizeText } from '../../output/formats.ts';
import { padTo, plainLine } from '../../output/width.ts';
import { verb } from '../../verb.ts';

interface Flags extends GlobalFlags {
  readonly to: string;
  readonly force?: boolean;
}

/** `holdfast cluster render <plan> --to <folder>` */
export function renderCommand(context: Context): Command {
  const t = context.texts.cluster.render;
  return verb('render', t.about, context)
    .argument('<plan>', context.texts.cluster.plan)
    .requiredOption('--to <folder>', t.to)
    .option('--force', t.force)
    .action((file: string, flags: Flags) => render(context, file, flags));
}

async function render(context: Context, file: string, flags: Flags): Promise<void> {
  const { io, sayJson } = context;
  const { renderPlan } = await import('../../../cluster/plan/index.ts');
  const { loadPlan, renderInputsOf, writeRendered } = await import('../../../cluster/steps/index.ts');
  const { plan, secrets } = await loadPlan(resolve(io.cwd, file));
  const files = renderPlan(plan, renderInputsOf(secrets, await ownInputs(context, plan, flags)));
  const written = await writeRendered(resolve(io.cwd, flags.to), files, { force: flags.force ?? false });
  if (flags.json) return sayJson(jsonOf(written));
  tell(context, written);
}

/** What Holdfast’s own authority gives: its certificate where the plan names no other, and one for a rendered registry. */
export async function ownInputs(
  context: Context,
  plan: Plan,
  flags: GlobalFlags,
): Promise<Pick<RenderInputs, 'trustBundle' | 'registryIdentity'>> {
  const isOurs = plan.bastion.serves.registry !== 'external';
  const isRendered = plan.bastion.serves.registry === 'rendered';
  if (!isOurs || (plan.secrets.trustBundle !== undefined && !isRendered)) return {};
  const { parseHostNames } = await import('../../../registry/index.ts');
  return context.withWorkspace(flags, async ({ registry: { authority } }) => {
    const trustBundle = await authority.certificate();
    if (!isRendered) return { trustBundle };
    const { host, address } = plan.registry;
    return { trustBundle, registryIdentity: await authority.identityFor(parseHostNames([host, address])) };
  });
}

const jsonOf = ({ folder, files, removed }: WrittenFolder) => ({
  folder,
  files: files.map(({ mode, ...file }) => ({ ...file, mode: mode.toString(8).padStart(4, '0') })),
  removed,
});

function tell({ texts, say, note }: Context, { folder, files, removed }: WrittenFolder): void {
  const t = texts.cluster.render;
  const width = Math.max(...files.map(({ path }) => path.length));
  for (const { path, sizeBytes, mode, state } of files)
    say(
      [
        padTo(path, width),
        sizeText(sizeBytes).padStart(7),
        mode === 0o600 ? t.secret : '',
        state === 'new' ? '' : t[state],
      ]
        .join('  ')
        .trimEnd(),
    );
  for (const path of removed) say(`${padTo(plainLine(path), width)}  ${t.removed}`);
  note(t.done(files.length, folder));
}
