import { hostname, networkInterfaces } from 'node:os';
import type { Auth } from '../auth/index.ts';
import type { Config } from '../config/index.ts';
import { createRegistryView, isLoopbackAddress, type RegistryView } from '../http/index.ts';
import { hasCode, type Logger } from '../kernel/index.ts';
import {
  createIdentify,
  createPolicy,
  createRegistryServer,
  parseHostNames,
  readGivenTls,
  type TlsIdentity,
} from '../registry/index.ts';
import { clientAddress } from './client-address.ts';
import type { Composed } from './compose.ts';
import { addressText, originOf } from './origins.ts';
import { snapshotRepositories } from './snapshot-repositories.ts';

/** The registry while it listens. */
export interface RunningRegistry {
  /** As `http://host:port` or `https://host:port`. */
  readonly origin: string;
  /** `host:port`. */
  readonly address: string;
  /** What the web interface shows of it. */
  readonly view: RegistryView;
  stop(): Promise<void>;
}

const hourMs = 3_600_000;
/** How long an upload that nobody goes on with is kept. */
const uploadKeptMs = 48 * hourMs;
const everyMs = 6 * hourMs;

/** Starts the registry where the configuration wants one; undefined where it does not. */
export async function startRegistry(
  config: Config,
  rooms: Pick<Composed, 'registryViews' | 'catalog' | 'store' | 'robots' | 'authority' | 'auth' | 'clock'>,
  logger: Logger,
): Promise<RunningRegistry | undefined> {
  const { registryListen: listen, registryAccess: access } = config;
  if (listen === null) return undefined;
  const { catalog, registryViews, store, robots, auth, clock } = rooms;
  const policy = createPolicy({
    openOnLoopback: isLoopbackAddress(listen.host),
    anonymousPull: access.startsWith('anonymous'),
    readOnly: access.endsWith('read-only'),
    saved: snapshotRepositories,
  });
  const identify = createIdentify({ robots, clock, checkPassword: passwordsOf(auth) });
  const identity = () => tlsOf(config, listen.host, rooms);
  const tls = await identity();
  const server = await createRegistryServer({ catalog, store, policy, identify, logger }).listen({
    ...listen,
    ...(tls && { tls }),
  });
  const care = async () => {
    await server.expireUploads(clock.now() - uploadKeptMs);
    const renewed = await identity();
    if (renewed) server.setTls(renewed);
  };
  const timer = setInterval(
    () => care().catch((err) => logger.error({ err }, 'Taking care of the registry failed')),
    everyMs,
  ).unref();
  return {
    origin: originOf(server).replace(/^http/, tls ? 'https' : 'http'),
    address: addressText(server),
    view: createRegistryView({
      catalog,
      figures: registryViews,
      store,
      address: () => clientAddress(config, server),
      secure: tls !== undefined,
      anonymousPull: isLoopbackAddress(listen.host) || access.startsWith('anonymous'),
    }),
    async stop() {
      clearInterval(timer);
      await server.stop();
    },
  };
}

/** Wrong credentials are an answer, not a failure; whoever guesses is still slowed down. */
function passwordsOf(auth: Auth) {
  return async (credentials: { name: string; password: string; address: string }) => {
    try {
      return await auth.checkPassword(credentials);
    } catch (error) {
      if (hasCode(error, 'auth.badCredentials')) return undefined;
      throw error;
    }
  };
}

async function tlsOf(
  { registryTls: mode, registryCertificate: certificate, registryKey: key, registryNames: names }: Config,
  host: string,
  { authority, clock }: Pick<Composed, 'authority' | 'clock'>,
): Promise<TlsIdentity | undefined> {
  if (mode === 'off') return undefined;
  if (certificate !== null) return readGivenTls({ certificate, key: key ?? certificate }, clock);
  if (mode === 'auto' && isLoopbackAddress(host)) return undefined;
  return authority.identityFor(parseHostNames(names.length > 0 ? names : ownNames(host)));
}

/** What this machine is reached by, when it listens on `host`. */
function ownNames(host: string): readonly string[] {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    // Link-local addresses mean something only together with an interface.
    .filter(({ address }) => !/^(?:fe80:|169\.254\.)/i.test(address))
    .map(({ address }) => address);
  return [hostname(), 'localhost', '127.0.0.1', ...(isEverywhere ? addresses.toSorted() : [host])];
}
