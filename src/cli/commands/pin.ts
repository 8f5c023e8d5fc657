import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../context.ts';
import { timeText } from '../output/formats.ts';
import { snapshotJson } from '../output/json.ts';
import { plainLine } from '../output/width.ts';
import type { Workspace } from '../program.ts';
import { resolveSnapshot } from '../refs.ts';
import { verb } from '../verb.ts';

interface Flags extends GlobalFlags {
  readonly remove?: boolean;
}

/** `holdfast pin <snapshot>…` */
export function pinCommand(context: Context): Command {
  const { texts } = context;
  return verb('pin', texts.pin.about, context)
    .argument('[snapshot...]', texts.pin.snapshots)
    .option('--remove', texts.pin.remove)
    .action((refs: string[], flags: Flags) =>
      context.withWorkspace(flags, (workspace) =>
        refs.length === 0 ? list(context, workspace, flags) : pin(context, workspace, refs, flags),
      ),
    );
}

async function pin(
  { texts, say, sayJson }: Context,
  workspace: Workspace,
  refs: readonly string[],
  { remove = false, json }: Flags,
): Promise<void> {
  const ids: string[] = [];
  for (const ref of refs) ids.push((await resolveSnapshot(workspace, ref)).id);
  const changed = await workspace.retention.pin(ids, !remove);
  if (json) sayJson({ ids, pinned: !remove, changed });
  else say((remove ? texts.pin.released : texts.pin.pinned)(changed));
}

async function list(context: Context, { retention, links }: Workspace, { json }: Flags): Promise<void> {
  const { texts, language, say, note } = context;
  const pinned = await retention.pins();
  if (json) return context.sayJson(pinned.map((snapshot) => snapshotJson(snapshot, language)));
  for (const { id, linkId, takenAt } of pinned) {
    const link = await links.find(linkId);
    say(`${id} ${timeText(takenAt)} ${plainLine(link?.url ?? linkId)}`);
  }
  if (pinned.length === 0) note(texts.pin.none);
}
