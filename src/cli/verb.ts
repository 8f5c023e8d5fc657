import { Command } from 'commander';
import type { Context } from './context.ts';
import { cliErrors } from './errors.ts';

/** Makes a verb with the options that all have. */
export function verb(name: string, about: string, { texts, io }: Context): Command {
  return dress(new Command(name), { texts, io })
    .description(about)
    .option('--data <folder>', texts.help.data)
    .option('--lang <language>', texts.help.lang)
    .option('--json', texts.help.json);
}

/** Makes a verb that has verbs of its own; it takes no options, or they would be taken from those. */
export function group(name: string, about: string, context: Context, commands: readonly Command[]): Command {
  const command = dress(new Command(name), context)
    .description(about)
    .helpCommand('help [command]', context.texts.help.helpCommand);
  for (const it of commands) command.addCommand(it);
  return command;
}

/** Makes a command speak the user's language and throw in place of ending the process. */
export function dress(command: Command, { texts, io }: Pick<Context, 'texts' | 'io'>): Command {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': texts.help.usage,
    'Arguments:': texts.help.arguments,
    'Options:': texts.help.options,
    'Commands:': texts.help.commands,
  };
  return command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getOutHasColors: () => io.stdout.isTTY === true,
    })
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .helpOption('-h, --help', texts.help.helpOption)
    .showSuggestionAfterError(false);
}

/** For options that may be given again: collects the values. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** A whole number above 0 that an option was given; throws `cli.badNumber`. */
export function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value > 0 && Number.isSafeInteger(value)) return value;
  throw cliErrors.badNumber({ option, value: text });
}

/** One of a few words that an option was given; throws `cli.badChoice`. */
export function choiceOf<const T extends string>(option: string, text: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === text);
  if (chosen !== undefined) return chosen;
  throw cliErrors.badChoice({ option, value: text, choices: choices.join(', ') });
}
