import { TimerOff, TimerReset } from 'lucide-react';
import type { Cluster } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';

const looks = { fresh: 'text-good', aging: 'text-warn', expired: 'text-bad', over: 'text-ink-2' } as const;
const bars = { fresh: 'bg-good', aging: 'bg-warn', expired: 'bg-bad', over: 'bg-mute' } as const;
const frames = {
  fresh: 'border-line bg-surface',
  over: 'border-line bg-surface',
  aging: 'border-warn/40 bg-warn-soft',
  expired: 'border-bad/40 bg-bad-soft',
} as const;

/** The countdown of the certificates in the ignition files, and what to do when it comes to its end. */
export function CertificatePanel({ cluster, now }: { cluster: Cluster; now: number }) {
  const t = useTexts().cluster;
  const formats = useFormats();
  const { certificates, generations, state } = cluster;
  if (certificates === null)
    return (
      <section className={cx('rounded-xl border p-4', frames.fresh)} data-testid="certificates">
        <h2 className="text-sm font-semibold">{t.certificates}</h2>
        <p className="mt-2 font-medium text-ink-2">{t.noCertificates}</p>
        <p className="mt-1 text-sm text-ink-2">{t.noCertificatesText}</p>
      </section>
    );
  const [created, useBy, expires] = [certificates.createdAt, certificates.useBy, certificates.expiresAt].map(
    (time) => Date.parse(time),
  ) as [number, number, number];
  // Once everything runs, the cluster keeps its own certificates fresh.
  const tone = state === 'finished' ? 'over' : now >= expires ? 'expired' : now >= useBy ? 'aging' : 'fresh';
  const left = expires - now;
  const Icon = left > 0 ? TimerReset : TimerOff;
  const share = Math.min(1, Math.max(0, left / Math.max(1, expires - created)));
  return (
    <section
      className={cx('rounded-xl border p-4', frames[tone])}
      data-testid="certificates"
      data-tone={tone}
    >
      <h2 className="text-sm font-semibold">{t.certificates}</h2>
      <p role="timer" className={cx('tnum mt-2 flex items-center gap-2 text-xl font-semibold', looks[tone])}>
        <Icon size={20} aria-hidden />
        {left > 0 ? t.certificatesLeft(formats.span(left)) : t.certificatesOver(formats.span(-left))}
      </p>
      <div aria-hidden className="mt-2 h-1.5 overflow-hidden rounded-full bg-hover">
        <div
          className={cx('h-full rounded-full transition-[width] duration-700', bars[tone])}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="mt-2 text-sm text-ink-2">
        {tone === 'over' ? t.expiredInstalled : tone === 'expired' ? t.expired : t[tone]}
      </p>
      <p className="mt-1 text-xs text-ink-3">
        {t.endsAt(formats.dateTime(certificates.expiresAt))}
        {generations.length > 1 ? ` · ${t.generations(generations.length)}` : ''}
      </p>
    </section>
  );
}
