import { useQueryClient } from '@tanstack/react-query';
import { Camera } from 'lucide-react';
import { requestSnapshot } from '../api/actions.ts';
import type { Snapshot, Verdict } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { useAct } from '../ui/use-act.ts';
import { EvidenceList, verdictIcon } from '../ui/verdict-chip.tsx';

const grounds: Record<Verdict, string> = {
  good: 'bg-sunken',
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
  return (
    <section
      aria-label={t.link.verdict}
      data-testid="verdict-panel"
      className={`rounded-lg px-4 py-3 text-sm ${grounds[snapshot.verdict]}`}
    >
      <p className="flex items-center gap-2 font-semibold">
        {verdictIcon(snapshot.verdict, 16)}
        {t.verdict[snapshot.verdict]}
      </p>
      <p className="mt-1 text-ink-2">{t.verdictHelp[snapshot.verdict]}</p>
      <EvidenceList snapshot={snapshot} />
      {snapshot.verdict !== 'good' && !busy ? (
        <Button
          small
          className="mt-3"
          onClick={() => void act(() => requestSnapshot(client, snapshot.linkId))}
        >
          <Camera size={15} aria-hidden />
          {snapshot.verdict === 'failed' ? t.act.retry : t.link.snapshot}
        </Button>
      ) : null}
    </section>
  );
}
