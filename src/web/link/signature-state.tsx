import { ShieldAlert, ShieldCheck, ShieldQuestion, ShieldX } from 'lucide-react';
import type { Snapshot } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';

const looks = {
  signatureVerified: { Icon: ShieldCheck, ground: 'bg-good-soft', ink: 'text-good' },
  signatureByOwnKeyOnly: { Icon: ShieldQuestion, ground: 'bg-warn-soft', ink: 'text-warn' },
  signatureMissing: { Icon: ShieldAlert, ground: 'bg-warn-soft', ink: 'text-warn' },
  signatureInvalid: { Icon: ShieldX, ground: 'bg-bad-soft', ink: 'text-bad' },
} as const;

const isState = (code: string): code is keyof typeof looks => code in looks;

/** Whether a release's signature holds, and by which key. */
export function SignatureState({ snapshot }: { snapshot: Snapshot }) {
  const t = useTexts();
  return snapshot.evidence.map(({ code, text }) => {
    if (!isState(code)) return null;
    const { Icon, ground, ink } = looks[code];
    return (
      <div key={code} className={cx('flex items-start gap-2.5 rounded-lg px-3 py-2.5 text-sm', ground)}>
        <Icon size={18} className={cx('mt-px shrink-0', ink)} aria-hidden />
        <div className="min-w-0">
          <p className={cx('font-semibold', ink)}>{t.release.signature[code]}</p>
          <p className="text-ink-2">{text}</p>
        </div>
      </div>
    );
  });
}
