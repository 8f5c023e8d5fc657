import type { Config, SettingName } from '../config/index.ts';
import type { CliTexts, Language } from '../texts/index.ts';
import type { Program, Workspace } from './program.ts';

/** The process as the command line sees it. */
export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly interrupted: AbortSignal;
}

/** What a verb is given. */
export interface Context {
  readonly io: Io;
  readonly program: Program;
  readonly texts: CliTexts;
  readonly language: Language;
  /** Reads the configuration; throws `ConfigFaults`, and says on stderr what it warns of. */
  config(flags?: Partial<Record<SettingName, string>>): Config;
  /** Opens the data folder for `work` and closes it afterwards. */
  withWorkspace<R>(flags: GlobalFlags, work: (workspace: Workspace) => Promise<R>): Promise<R>;
  /** One line to stdout. */
  say(line: string): void;
  /** One line to stderr. */
  note(line: string): void;
  /** A JSON value to stdout. */
  sayJson(value: unknown): void;
  /** What the process ends with where nothing is thrown. */
  exitWith(code: number): void;
}

/** The options that every verb has. */
export interface GlobalFlags {
  readonly data?: string;
  readonly lang?: string;
  readonly json?: boolean;
  /** Only of the verb that has it: rules in place of the configured ones. */
  readonly keep?: string;
}
