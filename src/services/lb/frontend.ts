import { createServer } from 'node:net';
import { type BackendDeps, BackendRuntime } from './backend.ts';
import { createDispatch } from './dispatch.ts';
import { listenOn } from './listening.ts';
import type { BackendSettings, FrontendSettings } from './settings.ts';
import type { FrontendState } from './state.ts';
import { acceptOptions } from './traffic/link.ts';
import type { ReadBuffers } from './traffic/read-buffers.ts';
import type { ListenAddress } from './types.ts';

export interface FrontendDeps extends Omit<BackendDeps, 'frontend'> {
  readonly settings: FrontendSettings;
  readonly buffers: ReadBuffers;
}

/** One listener with its backends while the balancer runs. */
export interface FrontendRuntime {
  readonly name: string;
  readonly backends: readonly BackendRuntime[];
  /** Throws `lb.addressInUse` or `lb.listen`. */
  listen(): Promise<ListenAddress>;
  /** Takes these backends from now on; sessions of those that are gone go on. */
  setBackends(backends: readonly BackendSettings[]): void;
  /** To be called when a backend was drained or enabled. */
  look(): void;
  endIdle(): void;
  /** Takes no more connections. */
  stop(): void;
  /** Resolves when no session is open. */
  empty(): Promise<void>;
  cutAll(): number;
  state(): FrontendState;
}

export function createFrontend({ settings, buffers, onHealth, ...rest }: FrontendDeps): FrontendRuntime {
  const { name, limits } = settings;
  let backends: readonly BackendRuntime[] = [];
  /** Taken out of the list with sessions that still go on. */
  const retired = new Set<BackendRuntime>();
  let listening: ListenAddress | undefined;
  const dispatch = createDispatch({ settings, backends: () => backends, buffers, now: rest.now });
  const server = createServer(acceptOptions, dispatch.accept);
  const deps: BackendDeps = {
    ...rest,
    frontend: settings,
    onHealth(backend, before) {
      dispatch.look();
      onHealth(backend, before);
    },
  };
  const everyBackend = () => [...backends, ...retired];

  function setBackends(wanted: readonly BackendSettings[]): void {
    const old = new Set(backends);
    backends = wanted.map((one) => {
      const same = [...old].find(
        ({ settings: { name, address, port } }) =>
          name === one.name && address === one.address && port === one.port,
      );
      if (!same) {
        const fresh = new BackendRuntime(one, deps);
        if (listening) fresh.start();
        return fresh;
      }
      old.delete(same);
      same.settings = one;
      return same;
    });
    for (const gone of old) {
      gone.stop();
      gone.drained = true;
      retired.add(gone);
      void gone.open.empty().then(() => retired.delete(gone));
    }
    dispatch.look();
  }
  setBackends(settings.backends);

  return {
    name,
    get backends() {
      return backends;
    },
    async listen() {
      listening = await listenOn(server, name, settings.listen);
      for (const backend of backends) backend.start();
      return listening;
    },
    setBackends,
    look: dispatch.look,
    endIdle() {
      for (const { open } of everyBackend()) open.endIdle(rest.now(), limits);
    },
    stop() {
      server.close();
      for (const backend of backends) backend.stop();
      dispatch.refuseWaiting();
    },
    async empty() {
      await Promise.all(everyBackend().map(({ open }) => open.empty()));
    },
    cutAll: () => everyBackend().reduce((sum, { open }) => sum + open.cutAll(), 0),
    state: () => ({
      name,
      listen: listening ?? settings.listen,
      balance: settings.balance,
      check: settings.question,
      available: backends.some(({ usable }) => usable),
      connections: dispatch.connections,
      waiting: dispatch.waiting,
      limits,
      refused: { ...dispatch.refused },
      backends: backends.map((backend) => backend.state()),
    }),
  };
}
