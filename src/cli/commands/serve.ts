import { once } from 'node:events';
import type { Command } from 'commander';
import { type Setting, type SettingName, settings } from '../../config/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { verb } from '../verb.ts';

/** `holdfast serve`, with a flag for every setting. */
export function serveCommand(context: Context): Command {
  const { texts } = context;
  const command = verb('serve', texts.serve.about, context);
  for (const [name, setting] of Object.entries(settings) as [SettingName, Setting<unknown>][]) {
    if (name !== 'data' && name !== 'lang')
      command.option(`${setting.flag} ${setting.argument}`, setting.variable);
  }
  return command.action((flags: GlobalFlags & Readonly<Record<string, string>>) => serve(context, flags));
}

async function serve(context: Context, flags: Readonly<Record<string, string>>): Promise<void> {
  const { texts, io, program } = context;
  const config = context.config(byName(flags));
  const server = await program.serve(config);
  const { address, replayAddress, registryAddress, setupCodeFile } = server;
  if (flags.json)
    context.sayJson({
      address,
      replayAddress,
      registryAddress: registryAddress ?? null,
      data: config.data,
      setupCodeFile: setupCodeFile ?? null,
    });
  else {
    context.say(texts.serve.ready(address));
    if (setupCodeFile !== undefined) context.say(texts.serve.setup(setupCodeFile));
    context.say(texts.serve.replay(replayAddress));
    if (registryAddress !== undefined) context.say(texts.serve.registry(registryAddress));
    context.say(texts.serve.data(config.data));
    if (io.stdout.isTTY) context.say(texts.serve.stop);
  }
  if (!io.interrupted.aborted) await once(io.interrupted, 'abort');
  if (!flags.json) context.note(texts.serve.stopping);
  await server.stop();
}

/** The parser calls a flag's value by the flag in camel case, the schema by the setting. */
function byName(flags: Readonly<Record<string, string>>): Partial<Record<SettingName, string>> {
  const entries = (Object.entries(settings) as [SettingName, Setting<unknown>][]).map(([name, { flag }]) => {
    const key = flag.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [name, flags[key]];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
