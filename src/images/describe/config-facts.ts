import type { Platform } from '../read-manifest.ts';

/** What the config of an image says about it, as far as it says it in the form of the specification (image-spec `config.md`). */
export interface ConfigFacts {
  readonly platform?: Platform;
  /** RFC 3339. */
  readonly created?: string;
  readonly author: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly entrypoint: readonly string[];
  readonly user: string;
  readonly exposedPorts: readonly string[];
  /** What made each layer, in their order. */
  readonly createdBy: readonly string[];
}

/** A larger config is not read: an image is described without it. */
export const maxConfigBytes = 4 * 1024 * 1024;
const maxTextLength = 2_000;
const maxEntries = 200;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, maxTextLength) : '');
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.slice(0, maxEntries).map(text) : [];

/** Reads a config; what is not there or of another shape is empty, whatever the bytes are. */
export function configFacts(bytes: Uint8Array): ConfigFacts {
  const config = parsed(bytes);
  const run = isRecord(config.config) ? config.config : {};
  const { os, architecture, variant } = config;
  const created = text(config.created);
  const isPlatform = typeof os === 'string' && typeof architecture === 'string' && os && architecture;
  return {
    ...(isPlatform && {
      platform: {
        os: text(os),
        architecture: text(architecture),
        ...(typeof variant === 'string' && variant && { variant: text(variant) }),
      },
    }),
    ...(Number.isFinite(Date.parse(created)) && { created: new Date(created).toISOString() }),
    author: text(config.author),
    labels: Object.fromEntries(
      Object.entries(isRecord(run.Labels) ? run.Labels : {})
        .slice(0, maxEntries)
        .map(([name, value]) => [name.slice(0, maxTextLength), text(value)]),
    ),
    command: texts(run.Cmd),
    entrypoint: texts(run.Entrypoint),
    user: text(run.User),
    exposedPorts: Object.keys(isRecord(run.ExposedPorts) ? run.ExposedPorts : {}).slice(0, maxEntries),
    createdBy: (Array.isArray(config.history) ? config.history : [])
      .filter((each) => isRecord(each) && each.empty_layer !== true)
      .map((each) => text(each.created_by)),
  };
}

function parsed(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
