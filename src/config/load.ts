import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { HoldfastError, nearest } from '../kernel/index.ts';
import { ConfigFaults, configErrors } from './errors.ts';
import { type FileEntry, readConfigFile } from './file.ts';
import { languageOf } from './language.ts';
import { type Config, type Setting, type SettingName, settings } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigSources {
  readonly env: Environment;
  /** By setting, as they were given on the command line. */
  readonly flags?: Partial<Record<SettingName, string>>;
  /** Where relative paths of variables and flags start. */
  readonly cwd: string;
  /** The data folder where nothing names one. */
  readonly defaultData: string;
}

export interface LoadedConfig {
  readonly config: Config;
  /** Variables that look like ours and are not. */
  readonly warnings: readonly HoldfastError[];
}

interface Found {
  readonly text: string;
  readonly place: string;
}

const names = Object.keys(settings) as SettingName[];
const fileName = 'config.json';

/** Reads the configuration: flag before variable before file before default. Throws `ConfigFaults` with every fault. */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const faults: HoldfastError[] = [];
  const values: Partial<Record<SettingName, unknown>> = {};
  const places: Partial<Record<SettingName, string>> = {};

  const read = (name: SettingName, found: Found | undefined, folder: string): void => {
    const setting: Setting<unknown> = settings[name];
    const place = found?.place ?? setting.variable;
    places[name] = place;
    attempt(faults, () => {
      values[name] = setting.read(found?.text ?? defaultOf(name, sources), { place, folder });
    });
  };

  read('data', fromCommand('data', sources), sources.cwd);
  const folder = (values.data as string | undefined) ?? sources.defaultData;
  const file = attempt(faults, () => readConfigFile(join(folder, fileName))) ?? new Map<string, FileEntry>();
  for (const name of names.filter((name) => name !== 'data')) {
    const command = fromCommand(name, sources);
    if (command !== undefined) read(name, command, sources.cwd);
    else read(name, fromFile(name, file), folder);
  }
  faults.push(...unknownKeys(file));
  if (faults.length === 0) faults.push(...contradictions(values as Config, places));
  if (faults.length > 0) throw new ConfigFaults(faults);
  return { config: values as Config, warnings: unknownVariables(sources.env) };
}

function attempt<T>(faults: HoldfastError[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    faults.push(error);
    return undefined;
  }
}

function fromCommand(name: SettingName, { flags, env }: ConfigSources): Found | undefined {
  const { flag, variable } = settings[name];
  const given = flags?.[name];
  if (given !== undefined) return { text: given.trim(), place: flag };
  // An empty variable is how a service file takes a setting back.
  const text = env[variable]?.trim();
  return text ? { text, place: variable } : undefined;
}

function fromFile(name: SettingName, file: ReadonlyMap<string, FileEntry>): Found | undefined {
  const entry = file.get(name);
  return entry && { text: entry.text.trim(), place: placeInFile(name, entry) };
}

function placeInFile(key: string, { line }: FileEntry): string {
  return `${fileName}:${line} "${key}"`;
}

function defaultOf(name: SettingName, { env, defaultData }: ConfigSources): string {
  if (name === 'data') return defaultData;
  if (name === 'captureConcurrency') return String(Math.min(8, availableParallelism() * 2));
  if (name === 'lang') return languageOf({ ...env, HOLDFAST_LANG: undefined });
  const { default: text = '' }: Setting<unknown> = settings[name];
  return text;
}

function unknownKeys(file: ReadonlyMap<string, FileEntry>): HoldfastError[] {
  // The file lies in the data folder, so it cannot say where that is.
  const known = names.filter((name) => name !== 'data');
  return [...file]
    .filter(([key]) => !(known as string[]).includes(key))
    .map(([key, entry]) =>
      configErrors.unknownKey({ place: placeInFile(key, entry), nearest: nearest(key, known) }),
    );
}

function unknownVariables(env: Environment): HoldfastError[] {
  const known: string[] = names.map((name) => settings[name].variable);
  return Object.keys(env)
    .filter((name) => /^HOLDFAST_(?!TEST_)/.test(name) && !known.includes(name))
    .map((name) => configErrors.unknownVariable({ place: name, nearest: nearest(name, known) }));
}

function contradictions(config: Config, places: Partial<Record<SettingName, string>>): HoldfastError[] {
  const faults: HoldfastError[] = [];
  const place = (name: SettingName) => places[name] ?? settings[name].variable;
  const { listen, replayListen, publicOrigin, replayOrigin } = config;
  if (listen.port !== 0 && listen.port === replayListen.port && listen.host === replayListen.host)
    faults.push(
      configErrors.sameAddress({
        first: place('listen'),
        second: place('replayListen'),
        value: `${listen.host}:${listen.port}`,
      }),
    );
  if (publicOrigin !== null && publicOrigin === replayOrigin)
    faults.push(
      configErrors.sameAddress({
        first: place('publicOrigin'),
        second: place('replayOrigin'),
        value: publicOrigin,
      }),
    );
  if ((publicOrigin === null) !== (replayOrigin === null)) {
    const [first, second]: [SettingName, SettingName] =
      publicOrigin === null ? ['replayOrigin', 'publicOrigin'] : ['publicOrigin', 'replayOrigin'];
    faults.push(configErrors.lonelyOrigin({ first: place(first), second: settings[second].variable }));
  }
  return faults;
}
