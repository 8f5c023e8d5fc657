import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { group } from '../../verb.ts';
import { addWorkerCommand } from './add-worker.ts';
import { checkCommand } from './check.ts';
import { ignitionCommand } from './ignition.ts';
import { initCommand } from './init.ts';
import { installCommand } from './install.ts';
import { isoCommand } from './iso.ts';
import { preflightCommand } from './preflight.ts';
import { renderCommand } from './render.ts';
import { statusCommand } from './status.ts';
import { stubCommand } from './stub.ts';
import { upCommand } from './up.ts';
import { upgradeCommand } from './upgrade.ts';

/** `holdfast cluster …`: one file for each verb, in the order of the help. */
export function clusterCommand(context: Context): Command {
  const verbs = [
    initCommand,
    checkCommand,
    renderCommand,
    isoCommand,
    upCommand,
    preflightCommand,
    stubCommand,
    ignitionCommand,
    installCommand,
    statusCommand,
    addWorkerCommand,
    upgradeCommand,
  ];
  return group(
    'cluster',
    context.texts.cluster.about,
    context,
    verbs.map((make) => make(context)),
  );
}
