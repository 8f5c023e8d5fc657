import { registryErrors } from './errors.ts';

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const namePattern = new RegExp(`^${component}(?:/${component})*$`);
const maxNameLength = 255;

/** True for a repository name by the grammar of the distribution spec ("Pulling manifests"), at most 255 characters. */
export function isRepositoryName(name: string): boolean {
  return name.length <= maxNameLength && namePattern.test(name);
}

/** The same name; throws `registry.badName`. */
export function parseRepositoryName(name: string): string {
  if (!isRepositoryName(name)) throw registryErrors.badName({ name: name.slice(0, 255) });
  return name;
}

/** True for an image tag by the grammar of the distribution spec. */
export function isImageTag(text: string): boolean {
  return /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(text);
}

/** The same image tag; throws `registry.badTag`. */
export function parseTag(tag: string): string {
  if (!isImageTag(tag)) throw registryErrors.badTag({ tag: tag.slice(0, 128) });
  return tag;
}
