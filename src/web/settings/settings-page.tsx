import type { ReactNode } from 'react';
import { setPreferences, usePreferences } from '../i18n/preference-store.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useSession, useSessionActions } from '../session/use-session.ts';
import { languageNames } from '../shell/preference-menu.tsx';
import { ShortcutList } from '../shell/shortcuts.tsx';
import { Button } from '../ui/button.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { Segmented } from '../ui/segmented.tsx';
import { useAct } from '../ui/use-act.ts';
import { Tokens } from './tokens.tsx';

/** Language, theme, tokens, keys, and what this is. */
export function SettingsPage() {
  const t = useTexts();
  const { language, theme } = usePreferences();
  const session = useSession().data;
  const { logout } = useSessionActions();
  const act = useAct();
  usePageTitle(t.settings.title);
  const linkClass = 'text-accent underline-offset-2 hover:underline';
  return (
    <div className="mx-auto w-full max-w-3xl px-3 pt-4 sm:px-6 lg:pt-8">
      <h1 className="mb-2 text-xl font-semibold">{t.settings.title}</h1>
      <Section title={t.settings.appearance}>
        <div className="space-y-4">
          <Choosing label={t.settings.language}>
            <Segmented
              label={t.settings.language}
              value={language}
              onChange={(next) => setPreferences({ language: next })}
              options={[
                { value: '', label: t.settings.languageAuto },
                { value: 'en', label: languageNames.en },
                { value: 'zh-CN', label: languageNames['zh-CN'] },
              ]}
            />
          </Choosing>
          <Choosing label={t.settings.theme}>
            <Segmented
              label={t.settings.theme}
              value={theme}
              onChange={(next) => setPreferences({ theme: next })}
              options={(['system', 'light', 'dark'] as const).map((value) => ({
                value,
                label: t.settings.themes[value],
              }))}
            />
          </Choosing>
        </div>
      </Section>
      {session?.user && session.mode === 'login' ? (
        <Section title={t.settings.account}>
          <div className="flex items-center justify-between gap-4">
            <p className="min-w-0 truncate text-sm text-ink-2">{t.settings.loggedInAs(session.user.name)}</p>
            <Button onClick={() => void act(logout)}>{t.settings.logout}</Button>
          </div>
        </Section>
      ) : null}
      <Section title={t.settings.tokens}>
        {session?.mode === 'login' ? (
          <Tokens />
        ) : (
          <p className="text-sm text-ink-2">{t.settings.tokensOpen}</p>
        )}
      </Section>
      <Section title={t.settings.shortcuts}>
        <ShortcutList />
      </Section>
      <Section title={t.settings.about}>
        <ul className="space-y-1.5 text-sm text-ink-2">
          <li>
            {t.appName} · {t.settings.version(session?.version ?? '')}
          </li>
          <li>
            <a href="/licence.txt" target="_blank" rel="noreferrer" className={linkClass}>
              {t.settings.licence}
            </a>
          </li>
          <li>
            <a href="/api/openapi.json" target="_blank" rel="noreferrer" className={linkClass}>
              {t.settings.api}
            </a>
          </li>
        </ul>
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-8 gap-y-3 border-b border-line py-6 last:border-0 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <h2 className="text-sm font-semibold">{title}</h2>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

function Choosing({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p className="mb-1.5 text-sm text-ink-2">{label}</p>
      <div className="-mx-3 overflow-x-auto px-3 [scrollbar-width:none]">{children}</div>
    </div>
  );
}
