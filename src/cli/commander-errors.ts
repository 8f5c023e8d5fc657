import { CommanderError } from 'commander';
import { type HoldfastError, nearest } from '../kernel/index.ts';
import { cliErrors } from './errors.ts';

/** What the parser refused, as one of our errors; undefined where it only showed a help. */
export function errorOfCommander(
  error: CommanderError,
  command: string,
  commands: readonly string[],
): HoldfastError | undefined {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.help':
    case 'commander.helpDisplayed':
    case 'commander.version':
      return undefined;
    case 'commander.unknownCommand':
      return cliErrors.unknownCommand({ name: quoted, nearest: nearest(quoted, commands) });
    case 'commander.unknownOption':
      return cliErrors.unknownOption({ option: quoted, command });
    case 'commander.missingArgument':
      return cliErrors.missingArgument({ argument: quoted, command });
    case 'commander.optionMissingArgument':
    case 'commander.missingMandatoryOptionValue':
      return cliErrors.missingArgument({ argument: quoted, command });
    default:
      return cliErrors.usage({ detail: error.message.replace(/^error: /, ''), command });
  }
}

/** True for what the parser throws. */
export function isCommanderError(error: unknown): error is CommanderError {
  return error instanceof CommanderError;
}
