import { Command } from 'commander';
import { languageOf, loadConfig, type SettingName } from '../config/index.ts';
import { cliTexts, type Language, localizeError, pickLanguage } from '../texts/index.ts';
import { errorOfCommander, isCommanderError } from './commander-errors.ts';
import { verbs } from './commands/index.ts';
import type { Context, GlobalFlags, Io } from './context.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { plainJson } from './output/for-terminal.ts';
import { errorLines, errorProblem } from './output/report-error.ts';
import type { Program } from './program.ts';
import { dress } from './verb.ts';

/** Runs one command line (without the program's name) and gives what the process is to end with; never throws. */
export async function runCli(argv: readonly string[], io: Io, program: Program): Promise<number> {
  const language = languageOfCommand(argv, io.env);
  const texts = cliTexts(language);
  let exitCode: number = exitCodes.ok;
  const context = createContext(io, program, language, (code) => {
    exitCode = code;
  });
  const root = dress(new Command('holdfast'), context)
    .description(texts.about)
    .helpCommand('help [command]', texts.help.helpCommand)
    .addHelpText('after', `\n${texts.moreHelp}`);
  const commands = verbs.map((make) => make(context));
  for (const command of commands) root.addCommand(command);
  try {
    if (argv.length === 0) root.outputHelp();
    else await root.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    const error = isCommanderError(thrown) ? errorOfCommander(thrown, root, argv) : thrown;
    if (error === undefined) return exitCodes.ok;
    const render = argv.includes('--json') ? errorProblem : errorLines;
    io.stderr.write(render(error, language, texts));
    return exitCodeOf(error);
  }
}

/** The language has to be known before anything is parsed, because the help is made from it. */
function languageOfCommand(argv: readonly string[], env: Io['env']): Language {
  const index = argv.findIndex((it) => it === '--lang' || it.startsWith('--lang='));
  const flag = argv[index] === '--lang' ? argv[index + 1] : argv[index]?.slice('--lang='.length);
  return flag ? pickLanguage(flag) : languageOf(env);
}

function createContext(
  io: Io,
  program: Program,
  language: Language,
  exitWith: (code: number) => void,
): Context {
  const texts = cliTexts(language);
  const note = (line: string) => void io.stderr.write(`${line}\n`);
  const config: Context['config'] = (flags) => {
    const given = Object.fromEntries(Object.entries(flags ?? {}).filter(([, value]) => value !== undefined));
    const sources = { env: io.env, flags: given, cwd: io.cwd, defaultData: program.defaultData };
    const loaded = loadConfig(sources);
    for (const warning of loaded.warnings) {
      const { message, hint } = localizeError(warning, language);
      note(`${texts.error.warning}: ${[message, hint].filter(Boolean).join('; ')}`);
    }
    return loaded.config;
  };
  return {
    io,
    program,
    texts,
    language,
    config,
    async withWorkspace(flags, work) {
      const workspace = await program.open(config(settingsOf(flags)));
      try {
        return await work(workspace);
      } finally {
        await workspace.close();
      }
    },
    say: (line) => void io.stdout.write(`${line}\n`),
    note,
    sayJson: (value) => void io.stdout.write(`${plainJson(value, 2)}\n`),
    exitWith,
  };
}

function settingsOf(flags: GlobalFlags): Partial<Record<SettingName, string>> {
  return {
    ...(flags.data !== undefined && { data: flags.data }),
    ...(flags.lang !== undefined && { lang: flags.lang }),
    ...(flags.keep !== undefined && { keep: flags.keep }),
  };
}
