import { parse } from 'yaml';
import { z } from 'zod';
import { errorText } from '../../../kernel/index.ts';
import { stepsErrors } from '../errors.ts';

/** How a Kubernetes API is reached; certificates and keys as PEM. */
export interface KubeAccess {
  readonly server: URL;
  /** The authorities of the API; those of the system where it is absent. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
}

const schema = z.object({
  'current-context': z.string(),
  contexts: z.array(
    z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) }),
  ),
  clusters: z.array(
    z.object({
      name: z.string(),
      cluster: z.object({ server: z.url(), 'certificate-authority-data': z.string().nullish() }),
    }),
  ),
  users: z.array(
    z.object({
      name: z.string(),
      user: z.object({
        'client-certificate-data': z.string().nullish(),
        'client-key-data': z.string().nullish(),
        token: z.string().nullish(),
      }),
    }),
  ),
});
type Kubeconfig = z.infer<typeof schema>;

/** Reads a kubeconfig with its credentials inside, as `openshift-install` writes it; throws `cluster.badKubeconfig`. */
export function parseKubeconfig(text: string, path: string): KubeAccess {
  const bad = (fault: string, cause?: unknown) => stepsErrors.badKubeconfig({ path, fault }, { cause });
  let config: Kubeconfig;
  try {
    config = schema.parse(parse(text, { maxAliasCount: 0 }));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    // The parser quotes what it stumbled upon, which may be a key.
    throw bad(issue ? `${issue.path.join('.')}: ${issue.message}` : 'it is no YAML', issue && error);
  }
  const context = config.contexts.find(({ name }) => name === config['current-context'])?.context;
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === context?.user)?.user;
  if (!cluster || !user) throw bad('its current context leads nowhere');
  const server = new URL(cluster.server);
  if (server.protocol !== 'https:') throw bad(`its server is reached by ${server.protocol}`);
  const pem = (data: string | null | undefined) =>
    data ? Buffer.from(data, 'base64').toString() : undefined;
  const ca = pem(cluster['certificate-authority-data']);
  const cert = pem(user['client-certificate-data']);
  const key = pem(user['client-key-data']);
  if ((cert === undefined) !== (key === undefined)) throw bad('it has a certificate or a key, not both');
  if (cert === undefined && !user.token) throw bad('it has no client certificate and no token');
  return {
    server,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && key !== undefined && { cert, key }),
    ...(user.token && { token: user.token }),
  };
}

/** The text of an error without what a parser may have quoted of its input. */
export const plainFault = (error: unknown): string => errorText(error).split('\n')[0]!.slice(0, 200);
