import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Config, configErrors } from '../config/index.ts';
import { type Credentials, noCredentials, parseCredentials } from '../images/index.ts';
import { errorText } from '../kernel/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The logins for registries: of the file that the configuration names (throws `config.unreadable` where it cannot be
 * read), else of the first that is there: in the data folder, then where Podman and Docker keep theirs.
 */
export async function findCredentials(
  config: Pick<Config, 'data' | 'pullSecret'>,
  env: Environment = process.env,
): Promise<Credentials> {
  const { pullSecret, data } = config;
  if (pullSecret !== null) {
    const text = await readFile(pullSecret, 'utf8').catch((cause) => {
      throw configErrors.unreadable({ path: pullSecret, detail: errorText(cause) }, { cause });
    });
    return parseCredentials(text, pullSecret);
  }
  for (const place of [join(data, 'pull-secret.json'), ...usualPlaces(env)]) {
    const text = await readFile(place, 'utf8').catch(() => undefined);
    if (text !== undefined) return parseCredentials(text, place);
  }
  return noCredentials;
}

/** containers-auth.json(5), then Docker's own. */
function usualPlaces(env: Environment): string[] {
  const home = env.HOME ?? homedir();
  return [
    ...(env.REGISTRY_AUTH_FILE ? [env.REGISTRY_AUTH_FILE] : []),
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'containers/auth.json')] : []),
    join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'containers/auth.json'),
    join(env.DOCKER_CONFIG ?? join(home, '.docker'), 'config.json'),
  ];
}
