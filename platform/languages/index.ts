export { type Catalogues, catalogues, LANGUAGES, type Language } from './catalogues.ts';
export { fold } from './fold.ts';
export { writeNumber } from './numbers.ts';
export { type Translate, translator } from './translator.ts';
