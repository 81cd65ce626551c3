import type { CountryCode } from 'libphonenumber-js/min';
import { foldText } from './fold-text.ts';

export type { CountryCode };

/** Names of the countries in the languages our files come in; the first is the Spanish one. */
const NAMES: Partial<Record<CountryCode, string>> = {
  ES: 'espana|spain|espanya|espainia|espagne|spanien|esp|reino de espana',
  CO: 'colombia|col|republica de colombia',
  MX: 'mexico|mejico|mex|estados unidos mexicanos',
  AR: 'argentina|arg|republica argentina',
  CL: 'chile|chl',
  PE: 'peru|per',
  EC: 'ecuador|ecu',
  UY: 'uruguay|ury',
  PY: 'paraguay|pry',
  BO: 'bolivia|bol',
  VE: 'venezuela|ven',
  CR: 'costa rica|cri',
  PA: 'panama|pan',
  GT: 'guatemala|gtm',
  HN: 'honduras|hnd',
  SV: 'el salvador|slv',
  NI: 'nicaragua|nic',
  DO: 'republica dominicana|dominican republic|dom',
  CU: 'cuba|cub',
  PR: 'puerto rico|pri',
  BR: 'brasil|brazil|bra',
  PT: 'portugal|prt',
  FR: 'francia|france|fra',
  IT: 'italia|italy|ita',
  DE: 'alemania|germany|deutschland|deu',
  GB: 'reino unido|united kingdom|uk|great britain|gran bretana|inglaterra|england|gbr|escocia|scotland',
  IE: 'irlanda|ireland|irl',
  US: 'estados unidos|united states|united states of america|usa|eeuu|ee uu',
  CA: 'canada|can',
  AD: 'andorra|and',
  MA: 'marruecos|morocco|maroc|mar',
  RO: 'rumania|romania|rou',
  BE: 'belgica|belgium|belgique|bel',
  NL: 'paises bajos|netherlands|holanda|holland|nederland|nld',
  CH: 'suiza|switzerland|schweiz|suisse|che',
  AT: 'austria|osterreich|aut',
  PL: 'polonia|poland|pol',
  SE: 'suecia|sweden|swe',
  NO: 'noruega|norway|nor',
  DK: 'dinamarca|denmark|dnk',
  FI: 'finlandia|finland|fin',
  CN: 'china|chn',
  UA: 'ucrania|ukraine|ukr',
  RU: 'rusia|russia|rus',
  BG: 'bulgaria|bgr',
  GR: 'grecia|greece|grc',
};

const CODES = new Map<string, CountryCode>();
for (const [code, names] of Object.entries(NAMES)) {
  CODES.set(code.toLowerCase(), code as CountryCode);
  for (const name of names.split('|')) CODES.set(name, code as CountryCode);
}

/** ISO 3166-1 alpha-2 code of a country written as a code or a Spanish or English name; `undefined` if unknown. */
export function normaliseCountry(input: string): CountryCode | undefined {
  return CODES.get(foldText(input));
}
