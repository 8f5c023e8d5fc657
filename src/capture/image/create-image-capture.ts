import {
  copyImages,
  createStoreTarget,
  formatReference,
  parsePlatform,
  parseReference,
} from '../../images/index.ts';
import { systemClock } from '../../kernel/index.ts';
import { captureRelease } from '../release/capture-release.ts';
import type { CaptureOutcome, CaptureRequest } from '../types.ts';
import { copiedEvidence, describeImage, searchTextOf, titleOf } from './describe-image.ts';
import { imageFacts } from './image-facts.ts';
import { reasonOf } from './outcome-of-fault.ts';
import { rootsOfCopy } from './roots-of-copy.ts';
import { keepImage, keepReason } from './snapshot-of-image.ts';
import type { ImageCapture, ImageCaptureOptions, ImageWork } from './types.ts';

/** The engine that takes snapshots of links to images; what turns out to be an OpenShift release is mirrored whole. */
export function createImageCapture(options: ImageCaptureOptions): ImageCapture {
  return {
    async capture(request) {
      const about = aboutFrom(options, request);
      try {
        const connection = await options.connect(request);
        try {
          const copy = copyIntoStore(options, request);
          return await captureImage({ ...options, ...connection, request, about, copy });
        } finally {
          connection.transport.close();
        }
      } catch (error) {
        request.signal.throwIfAborted();
        const reason = reasonOf(error);
        if (!reason) throw error;
        return keepReason(about({ verdict: reason.verdict, evidence: [reason.evidence] }));
      }
    },
  };
}

function aboutFrom(
  { software, clock = systemClock }: ImageCaptureOptions,
  { url }: CaptureRequest,
): ImageWork['about'] {
  const startedAt = clock.now();
  return (told) => ({
    kind: 'image',
    url,
    startedAt,
    endedAt: clock.now(),
    software,
    title: url.replace(/^docker:\/\//, ''),
    description: '',
    searchText: url,
    ...told,
  });
}

function copyIntoStore(
  { store, clock }: ImageCaptureOptions,
  { signal, onProgress, options = {} }: CaptureRequest,
): ImageWork['copy'] {
  const target = createStoreTarget({ store, name: 'the store', signal });
  const { platforms } = options;
  return (images) =>
    copyImages({
      ...images,
      target,
      signal,
      onProgress,
      ...(platforms && { platforms: platforms.map(parsePlatform) }),
      ...(clock && { clock }),
    });
}

async function captureImage(work: ImageWork): Promise<CaptureOutcome> {
  const { store, registry, request, copy, about } = work;
  const reference = parseReference(request.url);
  const { host, repository, tag, digest } = reference;
  const copied = await copy({
    source: registry.source({ host, repository }),
    roots: [{ reference: digest ?? tag!, ...(tag !== undefined && { tag }) }],
    withReferrers: true,
  });
  const roots = await rootsOfCopy(store, copied, `${host}/${repository}`);
  const release = await captureRelease(work, reference, roots);
  if (release) return release;
  const descriptors = roots.map(({ descriptor }) => descriptor);
  const facts = await imageFacts(store, descriptors, formatReference(reference));
  const told = about({
    verdict: 'good',
    evidence: [copiedEvidence(facts)],
    title: titleOf(reference),
    description: describeImage(facts.labels),
    searchText: searchTextOf(reference, facts),
  });
  return keepImage(store, told, roots, facts);
}
