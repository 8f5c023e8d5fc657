import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { group } from '../../verb.ts';
import { checkCommand } from './check.ts';
import { initCommand } from './init.ts';
import { isoCommand } from './iso.ts';
import { renderCommand } from './render.ts';
import { upCommand } from './up.ts';

/** `holdfast cluster …`: one file for each verb, in the order of the help. */
export function clusterCommand(context: Context): Command {
  const verbs = [initCommand, checkCommand, renderCommand, isoCommand, upCommand];
  return group(
    'cluster',
    context.texts.cluster.about,
    context,
    verbs.map((make) => make(context)),
  );
}
