import { formatReference, parseReference } from '../../images/index.ts';
import { systemClock } from '../../kernel/index.ts';
import { captureRelease } from '../release/capture-release.ts';
import type { CaptureOutcome } from '../types.ts';
import { copiedEvidence, describeImage, searchTextOf, titleOf } from './describe-image.ts';
import { imageFacts } from './image-facts.ts';
import { reasonOf } from './outcome-of-fault.ts';
import { rootsOfCopy } from './roots-of-copy.ts';
import { keepImage, keepReason } from './snapshot-of-image.ts';
import type { ImageCapture, ImageCaptureOptions, ImageCaptureRequest, TellAbout } from './types.ts';

/** The engine that takes snapshots of links to images; what turns out to be an OpenShift release is mirrored whole. */
export function createImageCapture(options: ImageCaptureOptions): ImageCapture {
  const clock = options.clock ?? systemClock;
  return {
    async capture(request) {
      const startedAt = clock.now();
      const about: TellAbout = (told) => ({
        kind: 'image',
        url: request.url,
        startedAt,
        endedAt: clock.now(),
        software: options.software,
        title: request.url.replace(/^docker:\/\//, ''),
        description: '',
        searchText: request.url,
        ...told,
      });
      try {
        return await captureImage(options, request, about);
      } catch (error) {
        request.signal.throwIfAborted();
        const reason = reasonOf(error);
        if (!reason) throw error;
        return keepReason(about({ verdict: reason.verdict, evidence: [reason.evidence] }));
      }
    },
  };
}

async function captureImage(
  options: ImageCaptureOptions,
  request: ImageCaptureRequest,
  about: TellAbout,
): Promise<CaptureOutcome> {
  const { store, registry, copy } = options;
  const { platforms, signal, onProgress } = request;
  const reference = parseReference(request.url);
  const { host, repository, tag, digest } = reference;
  const copied = await copy({
    source: registry.source({ host, repository }),
    roots: [{ reference: digest ?? tag!, ...(tag !== undefined && { tag }) }],
    withReferrers: true,
    signal,
    onProgress,
    ...(platforms && { platforms }),
  });
  const roots = await rootsOfCopy(store, copied, `${host}/${repository}`);
  const release = await captureRelease({ options, request, reference, roots, about });
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
