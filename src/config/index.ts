export { ConfigFaults, configErrors } from './errors.ts';
export type { Language } from './language.ts';
export { languageOf } from './language.ts';
export type { ConfigSources, LoadedConfig } from './load.ts';
export { loadConfig } from './load.ts';
export { nearest } from './nearest.ts';
export type { Config, Setting, SettingName } from './settings.ts';
export { settings } from './settings.ts';
export type { ListenAddress } from './values.ts';
