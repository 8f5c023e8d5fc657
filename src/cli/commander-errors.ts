import { type Command, CommanderError } from 'commander';
import { type HoldfastError, nearest } from '../kernel/index.ts';
import { cliErrors } from './errors.ts';

/** What the parser refused, as one of our errors; undefined where it only showed a help. */
export function errorOfCommander(
  error: CommanderError,
  root: Command,
  argv: readonly string[],
): HoldfastError | undefined {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const { command, commands } = meant(root, argv, quoted);
  switch (error.code) {
    case 'commander.help':
    case 'commander.helpDisplayed':
    case 'commander.version':
      return undefined;
    case 'commander.unknownCommand':
      return cliErrors.unknownCommand({ name: quoted, nearest: nearest(quoted, commands) });
    case 'commander.unknownOption':
      return argv[0]?.startsWith(quoted) && command !== ''
        ? cliErrors.optionFirst({ option: quoted, command })
        : cliErrors.unknownOption({ option: quoted, command });
    case 'commander.missingArgument':
      return cliErrors.missingArgument({ argument: quoted, command });
    case 'commander.optionMissingArgument':
    case 'commander.missingMandatoryOptionValue':
      return cliErrors.missingArgument({ argument: quoted, command });
    default:
      return cliErrors.usage({ detail: error.message.replace(/^error: /, ''), command });
  }
}

/** The command that the words name, with the groups that it is in, and the commands that could stand next. */
function meant(
  root: Command,
  argv: readonly string[],
  refused: string,
): { command: string; commands: readonly string[] } {
  let at = root;
  const path: string[] = [];
  for (const word of argv) {
    if (word === refused && !word.startsWith('-')) break;
    const next = at.commands.find((it) => it.name() === word || it.aliases().includes(word));
    if (!next) continue;
    at = next;
    path.push(next.name());
  }
  return { command: path.join(' '), commands: at.commands.map((it) => it.name()) };
}

/** True for what the parser throws. */
export function isCommanderError(error: unknown): error is CommanderError {
  return error instanceof CommanderError;
}
