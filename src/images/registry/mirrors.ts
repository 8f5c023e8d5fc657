import { imagesErrors } from '../errors.ts';
import { isRegistryHost, isRepository } from '../reference.ts';
import { nameOf } from './context.ts';
import type { MirrorRule, RepositoryName } from './types.ts';

interface Prefix {
  readonly host: string;
  /** Empty for a whole registry. */
  readonly path: string;
}

/** A checked rule. */
export interface Mirror {
  readonly source: Prefix;
  readonly mirrors: readonly Prefix[];
}

/** Checks rules; throws `images.badMirror`. */
export function parseMirrors(rules: readonly MirrorRule[]): readonly Mirror[] {
  return rules.map(({ source, mirrors }) => {
    const prefix = (text: string): Prefix => {
      const slash = text.indexOf('/');
      const [host, path] = slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
      if (!isRegistryHost(host) || (slash >= 0 && !isRepository(path)))
        throw imagesErrors.badMirror({ source, fault: `"${text}" is not host/path` });
      return { host, path };
    };
    return { source: prefix(source), mirrors: mirrors.map(prefix) };
  });
}

/** Where a repository is read from, in order: the mirrors of the rule with the longest fitting source, then itself. */
export function placesFor(name: RepositoryName, rules: readonly Mirror[]): readonly RepositoryName[] {
  const fits = ({ source }: Mirror) =>
    source.host === name.host &&
    (source.path === '' || name.repository === source.path || name.repository.startsWith(`${source.path}/`));
  const [rule] = rules.filter(fits).sort((a, b) => b.source.path.length - a.source.path.length);
  if (!rule) return [name];
  const rest =
    rule.source.path === '' ? `/${name.repository}` : name.repository.slice(rule.source.path.length);
  const mirrored = rule.mirrors.map(({ host, path }) => ({
    host,
    repository: `${path}${rest}`.replace(/^\//, ''),
  }));
  const own = nameOf(name);
  return [...mirrored.filter((mirror) => nameOf(mirror) !== own), name];
}
