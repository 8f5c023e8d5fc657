import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  HardDriveDownload,
  LoaderCircle,
} from 'lucide-react';
import type { Cluster, ClusterNode } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { BackendDot, healthOf } from './balancer-view.tsx';

type Tone = 'still' | 'busy' | 'good' | 'bad';
const tones: Readonly<Record<ClusterNode['state'], Tone>> = {
  awaited: 'still',
  installing: 'busy',
  booting: 'busy',
  serving: 'good',
  finished: 'good',
  left: 'still',
  joining: 'busy',
  ready: 'good',
};
const edges: Readonly<Record<Tone, string>> = {
  still: 'border-line',
  busy: 'border-accent/50',
  good: 'border-good/40',
  bad: 'border-bad/50',
};
const inks: Readonly<Record<Tone, string>> = {
  still: 'text-ink-3',
  busy: 'text-accent',
  good: 'text-good',
  bad: 'text-bad',
};

/** One machine: how far it is, and what was last heard of it. */
export function NodeCard({ node, bastion }: { node: ClusterNode; bastion: Cluster['bastion'] }) {
  const t = useTexts().cluster;
  const formats = useFormats();
  const { name, host, address, was, state, since, lastQuestion } = node;
  const { text, tone, download } = useStanding(node);
  const fetched = lastFetchOf(node);
  const ports = (bastion?.frontends ?? []).flatMap(({ port, backends }) =>
    backends.filter((one) => one.name === name).map((backend) => ({ port, backend })),
  );
  return (
    <li
      data-testid="node"
      data-node={name}
      data-state={state}
      className={cx('flex flex-col rounded-xl border bg-surface p-3.5 transition-colors', edges[tone])}
    >
      <div className="flex items-baseline justify-between gap-2">
        <h4 className="font-semibold" title={host}>
          {name}
        </h4>
        <code className="tnum font-mono text-xs text-ink-2">{address}</code>
      </div>
      {/* A new state slides in, so that the eye finds what changed. */}
      <p
        key={state}
        className={cx('mt-1 flex animate-rise items-center gap-1.5 text-sm font-medium', inks[tone])}
        title={since === null ? undefined : formats.dateTime(since)}
      >
        <Sign tone={tone} state={state} />
        <span className="min-w-0">{text}</span>
        {since === null || state === 'awaited' ? null : (
          <span className="ml-auto shrink-0 text-xs font-normal text-ink-3">
            <Time value={since} />
          </span>
        )}
      </p>
      {download ? (
        <div className="mt-2">
          <div
            role="progressbar"
            aria-label={`${name}: ${text}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(download.share * 100)}
            className="h-1.5 overflow-hidden rounded-full bg-hover"
          >
            <div
              className={cx(
                'h-full rounded-full transition-[width] duration-700',
                tone === 'bad' ? 'bg-bad' : 'bg-accent',
              )}
              style={{ width: `${Math.max(2, download.share * 100)}%` }}
            />
          </div>
          <p className="tnum mt-1 text-xs text-ink-3">
            {t.ofImage(formats.bytes(download.sentBytes), formats.bytes(download.sizeBytes))}
          </p>
        </div>
      ) : null}
      {was === null ? null : <p className="mt-1 text-xs text-ink-3">{t.sameMachine(was)}</p>}
      {lastQuestion || fetched ? (
        <dl className="mt-3 space-y-1.5 border-t border-line pt-2 text-xs">
          {lastQuestion ? (
            <Heard
              name={t.lastQuestion}
              text={`${lastQuestion.name} ${lastQuestion.type}`}
              at={lastQuestion.at}
            />
          ) : null}
          {fetched?.at ? <Heard name={t.lastFetch} text={fetched.path} at={fetched.at} /> : null}
        </dl>
      ) : null}
      {ports.length === 0 ? null : (
        <ul aria-label={t.balancer} className="mt-auto flex flex-wrap gap-x-3 gap-y-1 pt-2.5">
          {ports.map(({ port, backend }) => (
            <li
              key={port}
              className="tnum flex items-center gap-1 text-xs text-ink-2"
              title={`${t.health[healthOf(backend)]} ${backend.detail}`}
            >
              <BackendDot health={healthOf(backend)} />
              {port}
              <span className="sr-only">{t.health[healthOf(backend)]}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Heard({ name, text, at }: { name: string; text: string; at: string }) {
  return (
    <div>
      <dt className="flex items-baseline justify-between gap-2 text-ink-3">
        {name}
        <Time value={at} />
      </dt>
      <dd className="truncate font-mono text-ink-2" title={text} dir="ltr">
        {text}
      </dd>
    </div>
  );
}

function Sign({ tone, state }: { tone: Tone; state: ClusterNode['state'] }) {
  const at = { size: 15, className: 'shrink-0', 'aria-hidden': true } as const;
  if (tone === 'bad') return <CircleAlert {...at} />;
  if (state === 'installing') return <HardDriveDownload {...at} />;
  if (tone === 'busy')
    return <LoaderCircle {...at} className="shrink-0 motion-safe:animate-spin [animation-duration:3s]" />;
  if (state === 'serving') return <CircleDot {...at} />;
  if (tone === 'good') return <CircleCheck {...at} />;
  return state === 'left' ? <Ban {...at} /> : <CircleDashed {...at} />;
}

/** What a machine does, in words: what the bastion gives it at this moment is more than the state that was noted. */
function useStanding({ state, files }: ClusterNode) {
  const t = useTexts().cluster;
  const formats = useFormats();
  const plain = { text: t.nodeStates[state], tone: tones[state], download: undefined };
  if (state !== 'awaited' && state !== 'installing' && state !== 'booting') return plain;
  if (files.some((it) => it.state === 'refused')) return { ...plain, text: t.refused, tone: 'bad' as const };
  const ignition = files.find((it) => it.kind === 'ignition' && it.state === 'fetching');
  if (ignition) return { ...plain, text: t.fetchingIgnition, tone: 'busy' as const };
  const image = files.find(
    (it) => it.kind === 'image' && (it.state === 'fetching' || it.state === 'broken') && it.sizeBytes,
  );
  if (!image?.sizeBytes || state === 'booting') return plain;
  const { sentBytes, sizeBytes } = image;
  const share = Math.min(1, sentBytes / sizeBytes);
  const percent = formats.percent(share);
  const download = { share, sentBytes, sizeBytes };
  return image.state === 'broken'
    ? { text: t.brokeOff(percent), tone: 'bad' as const, download }
    : { text: t.fetchingImage(percent), tone: 'busy' as const, download };
}

function lastFetchOf({ files }: ClusterNode) {
  return files
    .filter((it) => it.at !== null)
    .toSorted((a, b) => Date.parse(b.at!) - Date.parse(a.at!) || (a.kind === 'ignition' ? -1 : 1))[0];
}
