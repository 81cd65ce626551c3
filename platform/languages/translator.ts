import { createInstance, type TFunction } from 'i18next';
import { catalogues, LANGUAGES, type Language } from './catalogues.ts';
import { COUNTS } from './counts.ts';

/** `t('access:invitation.subject', { company })`; the namespace comes before the colon. Interpolation does not escape: HTML is the template's affair. */
export type Translate = TFunction;

const instance = createInstance();
void instance.use(COUNTS).init({
  resources: catalogues,
  supportedLngs: [...LANGUAGES],
  ns: Object.keys(catalogues.es),
  defaultNS: 'common',
  fallbackLng: 'es',
  initAsync: false,
  interpolation: { escapeValue: false, alwaysFormat: true },
});

const fixed: Record<Language, Translate> = { es: instance.getFixedT('es'), en: instance.getFixedT('en') };

/** The sentences of one language. */
export function translator(language: Language): Translate {
  return fixed[language];
}
