import { Menu } from '@base-ui/react/menu';
import { Check, Languages, Moon, Sun, SunMoon } from 'lucide-react';
import { setPreferences, usePreferences } from '../i18n/preference-store.ts';
import { useLanguage, useTexts } from '../i18n/texts.tsx';
import { iconButtonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { itemClass, popupClass } from '../ui/popup.ts';

const themes = ['system', 'light', 'dark'] as const;
const themeIcons = { system: SunMoon, light: Sun, dark: Moon };

/** Language names stand in their own language, so that they can be found by those who need them. */
export const languageNames = { en: 'English', 'zh-CN': '简体中文' } as const;

/** The menu with theme and language, on every page. */
export function PreferenceMenu() {
  const t = useTexts();
  const { theme } = usePreferences();
  const language = useLanguage();
  const Icon = themeIcons[theme];
  return (
    <Menu.Root>
      <Menu.Trigger
        className={iconButtonClass}
        aria-label={`${t.settings.theme}, ${t.settings.language}`}
        title={`${t.settings.theme}, ${t.settings.language}`}
      >
        <Icon size={18} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50 outline-none">
          <Menu.Popup className={cx(popupClass, 'min-w-48')}>
            <Menu.RadioGroup value={theme} onValueChange={(value) => setPreferences({ theme: value })}>
              {themes.map((one) => {
                const ThemeIcon = themeIcons[one];
                return (
                  <Menu.RadioItem key={one} value={one} closeOnClick className={itemClass}>
                    <ThemeIcon size={16} className="text-ink-3" aria-hidden />
                    <span className="flex-1">{t.settings.themes[one]}</span>
                    <Menu.RadioItemIndicator>
                      <Check size={15} className="text-accent" aria-hidden />
                    </Menu.RadioItemIndicator>
                  </Menu.RadioItem>
                );
              })}
            </Menu.RadioGroup>
            <Menu.Separator className="mx-1 my-1 h-px bg-line" />
            <Menu.RadioGroup value={language} onValueChange={(value) => setPreferences({ language: value })}>
              {(['en', 'zh-CN'] as const).map((one) => (
                <Menu.RadioItem key={one} value={one} closeOnClick className={itemClass} lang={one}>
                  <Languages size={16} className="text-ink-3" aria-hidden />
                  <span className="flex-1">{languageNames[one]}</span>
                  <Menu.RadioItemIndicator>
                    <Check size={15} className="text-accent" aria-hidden />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
