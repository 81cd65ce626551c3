export { type CountryCode, normaliseCountry } from './country.ts';
export { foldText } from './fold-text.ts';
export { givenNameRoot } from './hypocoristics.ts';
export { type Name, type NameHints, type NameParts, normaliseName, normaliseNameParts } from './name.ts';
export type { NameOrder } from './name-order.ts';
export type { Gender } from './name-words.ts';
export { phoneticKey } from './phonetic-key.ts';
export { type Problem, PROBLEMS } from './problems.ts';
