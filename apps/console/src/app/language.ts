import { COUNTS } from '@vinculo/languages/api';
import i18next, { changeLanguage as speak, type Resource, use as extend } from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'es' | 'en';
type Catalogue = Record<string, Record<string, unknown>>;

const STORED = 'vinculo.language';
const loaders: Record<Language, () => Promise<{ catalogue: Catalogue }>> = {
  es: () => import('./catalogue-es.ts'),
  en: () => import('./catalogue-en.ts'),
};

/** The reader's choice on this machine, else the browser's, else Spanish. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'es' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'es';
}

/** Starts i18next with the catalogue of one language; the other is fetched only when asked for. */
export async function startLanguage(language: Language): Promise<void> {
  const { catalogue } = await loaders[language]();
  await extend(initReactI18next)
    .use(COUNTS)
    .init({
      lng: language,
      fallbackLng: false,
      resources: { [language]: catalogue } as Resource,
      defaultNS: 'shell',
      interpolation: { escapeValue: false, alwaysFormat: true },
      returnNull: false,
      react: { useSuspense: false },
    });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  if (i18next.language === language) return;
  const { catalogue } = await loaders[language]();
  for (const [namespace, words] of Object.entries(catalogue)) i18next.addResourceBundle(language, namespace, words, true, true);
  await speak(language);
  document.documentElement.lang = language;
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'es');
