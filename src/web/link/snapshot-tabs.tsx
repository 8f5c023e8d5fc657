import { Tabs } from '@base-ui/react/tabs';
import { useNavigate } from '@tanstack/react-router';
import type { Snapshot } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { type LinkTab, linkTabs } from './link-search.ts';
import { MissingView } from './missing-view.tsx';
import { ReplayView } from './replay-view.tsx';
import { ResourcesView } from './resources-view.tsx';
import { ScreenshotView } from './screenshot-view.tsx';
import { TextView } from './text-view.tsx';

/** The ways to see one version. */
export function SnapshotTabs({ snapshot, name, tab }: { snapshot: Snapshot; name: string; tab: LinkTab }) {
  const t = useTexts();
  const formats = useFormats();
  const navigate = useNavigate({ from: '/links/$linkId' });
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(next) =>
        void navigate({
          search: (old) => ({ ...old, tab: next as LinkTab }),
          replace: true,
          resetScroll: false,
        })
      }
    >
      <Tabs.List
        aria-label={t.tabs.label}
        className="-mx-3 mb-3 flex gap-1 overflow-x-auto border-b border-line px-3 [scrollbar-width:none] sm:mx-0 sm:px-0"
      >
        {linkTabs.map((one) => (
          <Tabs.Tab
            key={one}
            value={one}
            data-testid={`tab-${one}`}
            className="relative h-10 shrink-0 px-2.5 text-sm whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink aria-selected:font-medium aria-selected:text-ink aria-selected:after:absolute aria-selected:after:inset-x-2 aria-selected:after:-bottom-px aria-selected:after:h-0.5 aria-selected:after:rounded-full aria-selected:after:bg-accent"
          >
            {t.tabs[one]}
            {one === 'missing' && snapshot.measures.missing > 0 ? (
              <span className="tnum ml-1.5 rounded-full bg-warn-soft px-1.5 text-xs leading-5 font-medium text-warn">
                {formats.number(snapshot.measures.missing)}
              </span>
            ) : null}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="replay" className="outline-none">
        <ReplayView snapshot={snapshot} name={name} />
      </Tabs.Panel>
      <Tabs.Panel value="text" className="outline-none">
        <TextView snapshot={snapshot} />
      </Tabs.Panel>
      <Tabs.Panel value="screenshot" className="outline-none">
        <ScreenshotView snapshot={snapshot} name={name} />
      </Tabs.Panel>
      <Tabs.Panel value="resources" className="outline-none">
        <ResourcesView snapshotId={snapshot.id} />
      </Tabs.Panel>
      <Tabs.Panel value="missing" className="outline-none">
        <MissingView snapshotId={snapshot.id} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}
