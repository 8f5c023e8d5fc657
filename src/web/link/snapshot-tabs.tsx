import { Tabs } from '@base-ui/react/tabs';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Snapshot } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { FileView } from './file-view.tsx';
import { ImageView } from './image-view.tsx';
import { InstallationView } from './installation-view.tsx';
import type { LinkTab } from './link-search.ts';
import { MissingView } from './missing-view.tsx';
import { ReleaseView } from './release-view.tsx';
import { ReplayView } from './replay-view.tsx';
import { ResourcesView } from './resources-view.tsx';
import { ScreenshotView } from './screenshot-view.tsx';
import { tabsOf } from './tabs-of.ts';
import { TextView } from './text-view.tsx';

interface Seen {
  readonly snapshot: Snapshot;
  readonly name: string;
}

const views: Record<LinkTab, (seen: Seen) => ReactNode> = {
  replay: (seen) => <ReplayView {...seen} />,
  text: ({ snapshot }) => <TextView snapshot={snapshot} />,
  screenshot: (seen) => <ScreenshotView {...seen} />,
  preview: (seen) => <ScreenshotView {...seen} />,
  resources: ({ snapshot }) => <ResourcesView snapshotId={snapshot.id} />,
  missing: ({ snapshot }) => <MissingView snapshotId={snapshot.id} />,
  file: ({ snapshot }) => <FileView snapshot={snapshot} />,
  image: ({ snapshot }) => <ImageView snapshot={snapshot} />,
  components: ({ snapshot }) => <ReleaseView snapshot={snapshot} />,
  installation: ({ snapshot }) => <InstallationView snapshot={snapshot} />,
};

/** The ways to see one version; one that has a single way shows it without a choice. */
export function SnapshotTabs({ tab, ...seen }: Seen & { tab: LinkTab | undefined }) {
  const t = useTexts();
  const formats = useFormats();
  const navigate = useNavigate({ from: '/links/$linkId' });
  const { snapshot } = seen;
  const tabs = tabsOf(snapshot);
  const [first] = tabs;
  if (!first) return null;
  if (tabs.length === 1) return views[first](seen);
  return (
    <Tabs.Root
      value={tabs.find((one) => one === tab) ?? first}
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
        {tabs.map((one) => (
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
      {tabs.map((one) => (
        <Tabs.Panel key={one} value={one} className="outline-none">
          {views[one](seen)}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
