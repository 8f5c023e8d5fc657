import { useQueryClient } from '@tanstack/react-query';
import { Camera } from 'lucide-react';
import { requestSnapshot } from '../api/actions.ts';
import type { Snapshot, Verdict } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { useAct } from '../ui/use-act.ts';
import { EvidenceList, verdictHelp, verdictIcon } from '../ui/verdict-chip.tsx';

const grounds: Record<Verdict, string> = {
  good: 'bg-sunken ring-1 ring-line ring-inset',
  'not-found': 'bg-warn-soft',
  truncated: 'bg-warn-soft',
  blank: 'bg-mute-soft',
  failed: 'bg-bad-soft',
};

/** What a version is worth, why, and what helps where it is not good. */
export function VerdictPanel({ snapshot, busy }: { snapshot: Snapshot; busy: boolean }) {
  const t = useTexts();
  const client = useQueryClient();
  const act = useAct();
  const retakable = snapshot.verdict !== 'good' && !busy;
  return (
    <section
      aria-label={t.link.verdict}
      data-testid="verdict-panel"
      className={cx(
        'flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg px-4 py-3 text-sm',
        grounds[snapshot.verdict],
      )}
    >
      <div className="min-w-0 flex-1 basis-64">
        <p>
          <span className="mr-2 inline-flex translate-y-0.5">{verdictIcon(snapshot.verdict, 16)}</span>
          <span className="font-semibold">{t.verdict[snapshot.verdict]}</span>
          <span aria-hidden className="mx-1.5 text-ink-3">
            ·
          </span>
          {verdictHelp(snapshot, t)}
        </p>
        <EvidenceList snapshot={snapshot} />
      </div>
      {retakable ? (
        <Button small onClick={() => void act(() => requestSnapshot(client, snapshot.linkId))}>
          <Camera size={15} aria-hidden />
          {snapshot.verdict === 'failed' ? t.act.retry : t.link.snapshot}
        </Button>
      ) : null}
    </section>
  );
}
