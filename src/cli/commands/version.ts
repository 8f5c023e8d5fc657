import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../context.ts';
import { verb } from '../verb.ts';

/** `holdfast version` */
export function versionCommand(context: Context): Command {
  return verb('version', context.texts.version.about, context).action((flags: GlobalFlags) => {
    const { version } = context.program;
    if (flags.json) context.sayJson({ version, node: process.versions.node });
    else context.say(`holdfast ${version}`);
  });
}
