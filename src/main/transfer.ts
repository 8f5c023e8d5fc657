import { readFile } from 'node:fs/promises';
import type { CopyRequest, TakeInRequest, TookIn, Transfer } from '../cli/index.ts';
import { type Config, configErrors } from '../config/index.ts';
import { type Credentials, createRegistry, parseCredentials, parsePlatform } from '../images/index.ts';
import { errorText } from '../kernel/index.ts';
import type { Holds, Links, Referrers } from '../links/index.ts';
import type { BlobStore } from '../store/index.ts';
import { debuggingAddress } from './debugging-address.ts';
import { findCredentials } from './find-credentials.ts';
import { findReleaseKeys } from './find-release-keys.ts';
import { version } from './version.ts';

interface TransferDeps {
  readonly config: Config;
  readonly links: Links;
  readonly store: BlobStore;
  readonly referrers: Referrers;
  readonly holds: Holds;
  readonly never: readonly string[];
}

/** Images from and to registries, folders and archives over one data folder; the rooms are loaded when they are needed. */
export function createTransfer(deps: TransferDeps): Transfer {
  return {
    copy: (request) => deps.holds.holdWhile({}, (lost) => copy(deps, withSignal(request, lost))),
    takeIn: (request) => deps.holds.holdWhile({}, (lost) => takeIn(deps, withSignal(request, lost))),
  };
}

const withSignal = <R extends { readonly signal: AbortSignal }>(request: R, lost: AbortSignal): R => ({
  ...request,
  signal: AbortSignal.any([request.signal, lost]),
});

async function copy(deps: TransferDeps, request: CopyRequest): ReturnType<Transfer['copy']> {
  const { config, store, referrers, never } = deps;
  const { copyFolder, copyReference, copySnapshot, createEgressGuard } = await import('../capture/index.ts');
  const { openSource, openTarget } = await import('../images/index.ts');
  const { from, to, signal, onProgress } = request;
  const policy = { allow: config.egressAllow, never: [...never, ...debuggingAddress(config.browser)] };
  const guard = createEgressGuard({ policy });
  const credentials = await loginsFor(config, request.authFile);
  const closing: (() => void)[] = [];
  const reach = ({ ca, plainHttp = false }: CopyRequest['target']) => {
    const transport = guard.transport(ca === undefined ? {} : { ca });
    closing.push(() => transport.close());
    const mirrors = config.registryMirrors;
    return { transport, registry: createRegistry({ transport, credentials, signal, plainHttp, mirrors }) };
  };
  const opened = await openTarget(to, { registry: () => reach(request.target).registry });
  const tag = to.kind === 'registry' ? to.reference.tag : to.kind === 'mirror' ? undefined : to.tag;
  const out = { to: opened, ...(tag !== undefined && { tag }), signal, onProgress };
  try {
    const copied = await (async () => {
      if (!('kind' in from && 'text' in from))
        return copySnapshot(store, from, await referrers.list(from.digest), out);
      if (from.kind !== 'registry') {
        await using source = await openSource(from);
        return await copyFolder(source, from.kind === 'mirror' ? undefined : from.tag, out);
      }
      const way = {
        ...reach(request.source),
        store,
        plainHttp: request.source.plainHttp ?? false,
        trustedKeys: () => findReleaseKeys(config),
        signatureStores: config.signatureStores,
        ...(request.platforms && { platforms: request.platforms.map(parsePlatform) }),
      };
      return copyReference(way, from.reference, out);
    })();
    await opened.close();
    return copied;
  } catch (error) {
    await opened.abort().catch(() => {});
    throw error;
  } finally {
    for (const close of closing) close();
  }
}

/** The logins of a file that was named go before the configured ones. */
async function loginsFor(config: Config, file: string | undefined): Promise<Credentials> {
  const usual = await findCredentials(config);
  if (file === undefined) return usual;
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw configErrors.unreadable({ path: file, detail: errorText(cause) }, { cause });
  });
  const named = parseCredentials(text, file);
  return { find: (host, repository) => named.find(host, repository) ?? usual.find(host, repository) };
}

async function takeIn({ config, links, store }: TransferDeps, request: TakeInRequest): Promise<TookIn> {
  const { openImageSnapshot, takeInImages } = await import('../capture/index.ts');
  const { openSource } = await import('../images/index.ts');
  const { place, tags, as, signal, onProgress } = request;
  await using source = await openSource(place);
  const { snapshots, unnamed, copiedBytes } = await takeInImages(source, {
    store,
    software: `Holdfast/${version}`,
    trustedKeys: () => findReleaseKeys(config),
    ...(as !== undefined && { as }),
    signal,
    onProgress,
  });
  const rootsOf = async (digest: TookIn['taken'][number]['snapshot']['digest']) =>
    digest === null ? undefined : JSON.stringify((await openImageSnapshot(store, digest)).roots);
  const taken: TookIn['taken'][number][] = [];
  for (const { url, outcome } of snapshots) {
    // No capture: what is behind the link lies here, and there may be no way to it.
    const [added] = await links.add([{ url, tags }], { capture: false });
    const { link } = added!;
    const shown = link.snapshot;
    const isKnown =
      shown?.verdict === outcome.verdict && (await rootsOf(shown.digest)) === (await rootsOf(outcome.digest));
    const snapshot = isKnown
      ? shown
      : await links.recordSnapshot({
          ...outcome,
          linkId: link.id,
          jobId: `take-in:${outcome.digest}:${link.id}`,
        });
    taken.push({ link: await links.get(link.id), snapshot, isKnown });
  }
  return { place: source.place, taken, unnamed, copiedBytes };
}
