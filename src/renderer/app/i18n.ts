/** Languages of the screens: English first, German complete; the choice is kept in this browser. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { de } from '../../shared/i18n/de.ts';
import { en } from '../../shared/i18n/en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

const storageKey = 'chancery.language';
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages];
  for (const one of wanted) {
    const found = languages.find((language) => one?.toLowerCase().startsWith(language));
    if (found !== undefined) return found;
  }
  return 'en';
}

function tellDocument(language: string): void {
  document.documentElement.lang = language;
}

/** Starts translation; called once before the first render. */
export async function startTranslation(): Promise<void> {
  i18next.on('languageChanged', tellDocument);
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'en',
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

/** Switches and remembers. */
export function setLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
  void i18next.changeLanguage(language);
}
