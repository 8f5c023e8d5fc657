import { type Digest, isDigest } from '../kernel/index.ts';
import { imagesErrors } from './errors.ts';

/** Names an image in a registry. */
export interface ImageReference {
  /** Host name and, where one was given, port: `quay.io`, `localhost:5000`, `[::1]:5000`. */
  readonly host: string;
  /** The path of the repository: `openshift-release-dev/ocp-release`. */
  readonly repository: string;
  /** The image tag. */
  readonly tag?: string;
  readonly digest?: Digest;
}

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const hostPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:.]+\\])(?::\\d{1,5})?$`);
const tagPattern = /^\w[\w.-]{0,127}$/;
const maxRepositoryLength = 255;
const dockerHosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/**
 * Reads `docker://host[:port]/repository[:tag][@digest]`, with or without `docker://`, by the grammar of the distribution
 * project (`reference.go`): a first part without dot or port that is not `localhost` is no host, but a repository of
 * `docker.io`, and a single name there is one of `library/`. Where neither tag nor digest is given the tag is `latest`.
 * Throws `images.badReference` with the part that is wrong.
 */
export function parseReference(text: string): ImageReference {
  // Somebody may have put a login into it.
  const value = text.replace(/^(docker:\/\/)?[^/@]*:[^/@]*@(?!sha\d)/, '$1…@').slice(0, 300);
  const fail = (fault: string) => imagesErrors.badReference({ value, fault });
  const bare = text.startsWith('docker://') ? text.slice('docker://'.length) : text;
  if (bare.length > 1000) throw fail('it is longer than 1000 characters');
  const at = bare.indexOf('@');
  const digest = at < 0 ? undefined : bare.slice(at + 1);
  const named = at < 0 ? bare : bare.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const { host, repository } = splitName(colon < 0 ? named : named.slice(0, colon));
  if (digest !== undefined && !isDigest(digest))
    throw fail(`"${digest.slice(0, 100)}" is not a digest (sha256: and 64 hexadecimal digits)`);
  const fault = faultOfHost(host) ?? faultOfRepository(repository) ?? faultOfTag(tag);
  if (fault !== undefined) throw fail(fault);
  const shownTag = tag ?? (digest === undefined ? 'latest' : undefined);
  return {
    host,
    repository,
    ...(shownTag !== undefined && { tag: shownTag }),
    ...(digest !== undefined && { digest }),
  };
}

/** Writes a reference as `host/repository[:tag][@digest]`; `parseReference` reads it back to the same. */
export function formatReference(reference: ImageReference): string {
  const { host, repository, tag, digest } = reference;
  return `${host}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** True for what may be an image tag (distribution-spec "Pulling manifests"). */
export function isImageTag(text: string): boolean {
  return tagPattern.test(text);
}

/** True for what may be the path of a repository (distribution-spec "Pulling manifests"). */
export function isRepository(text: string): boolean {
  return faultOfRepository(text) === undefined;
}

/** True for the host of a registry, with or without a port. */
export function isRegistryHost(text: string): boolean {
  return faultOfHost(text) === undefined;
}

function splitName(name: string): { host: string; repository: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isHost = slash >= 0 && (/[.:A-Z[]/.test(first) || first === 'localhost');
  const host = isHost ? first : 'docker.io';
  const rest = isHost ? name.slice(slash + 1) : name;
  if (!dockerHosts.has(host)) return { host, repository: rest };
  return { host: 'docker.io', repository: rest.includes('/') || rest === '' ? rest : `library/${rest}` };
}

function faultOfHost(host: string): string | undefined {
  if (host.length > 255 || !hostPattern.test(host)) return `"${host.slice(0, 100)}" is not a host`;
  const port = /:(\d+)$/.exec(host)?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return `"${port}" is not a port`;
  return undefined;
}

function faultOfRepository(repository: string): string | undefined {
  if (repository === '') return 'the repository is missing';
  if (repository.length > maxRepositoryLength)
    return `the repository is longer than ${maxRepositoryLength} characters`;
  const bad = repository.split('/').find((part) => !component.test(part));
  if (bad === undefined) return undefined;
  if (bad === '') return `the repository "${repository}" has an empty part`;
  const reason = /[A-Z]/.test(bad) ? 'has upper-case letters' : 'is not one of a repository';
  return `the part "${bad.slice(0, 100)}" ${reason}`;
}

function faultOfTag(tag: string | undefined): string | undefined {
  if (tag === undefined || isImageTag(tag)) return undefined;
  return tag === '' ? 'the tag after ":" is missing' : `"${tag.slice(0, 150)}" is not an image tag`;
}
