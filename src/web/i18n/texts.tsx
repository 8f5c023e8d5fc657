import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { web as en } from '../../texts/en/web.ts';
import type { Translated } from '../../texts/translated.ts';
import { createFormats, type Formats } from './format.ts';
import { getPreferences, usePreferences } from './preference-store.ts';
import { pickLanguage } from './preferences.ts';

/** The catalog in whichever language. */
export type Texts = Translated<typeof en>;
/** A language that there is a catalog for. */
export type Language = 'en' | 'zh-CN';

interface Speech {
  readonly language: Language;
  readonly texts: Texts;
  readonly formats: Formats;
}
const SpeechContext = createContext<Speech | null>(null);

/** The language in effect now; requests ask the server for it. */
export const currentLanguage = (): Language => pickLanguage(getPreferences().language, navigator.languages);

/** Loads one catalog; each language is a file of its own, so that nobody downloads both. */
export async function loadSpeech(language: Language): Promise<Speech> {
  const texts: Texts =
    language === 'zh-CN'
      ? (await import('../../texts/zh-cn/web.ts')).web
      : (await import('../../texts/en/web.ts')).web;
  return { language, texts, formats: createFormats(language, texts.time.justNow) };
}

/** Gives texts and formats to everything below, and follows a change of language. */
export function SpeechProvider({ first, children }: { first: Speech; children: ReactNode }) {
  const [speech, setSpeech] = useState(first);
  const language = pickLanguage(usePreferences().language, navigator.languages);
  useEffect(() => {
    let stale = false;
    if (language !== speech.language) loadSpeech(language).then((next) => stale || setSpeech(next));
    return () => {
      stale = true;
    };
  }, [language, speech.language]);
  useEffect(() => {
    document.documentElement.lang = speech.language;
  }, [speech.language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('Wrap the component in "SpeechProvider"');
  return speech;
}

/** The texts of the language in effect. */
export const useTexts = (): Texts => useSpeech().texts;
/** Numbers, sizes and times in the language in effect. */
export const useFormats = (): Formats => useSpeech().formats;
/** The language in effect. */
export const useLanguage = (): Language => useSpeech().language;
