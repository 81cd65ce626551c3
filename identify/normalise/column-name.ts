import { FIELDS, type Field, type FieldName, FIELD_NAMES } from './fields.ts';
import { foldText } from './fold-text.ts';

export interface NameMatch {
  /** 0..1: 1 is the field's first synonym, word for word. */
  score: number;
  synonym: string;
}

interface Synonym {
  text: string;
  words: string[];
  /** Place in its list: the first are the surest. */
  rank: number;
}

const SILENT = new Set('de del la el los las the of a'.split(' '));

/** Words that name nothing by themselves: as a whole header they may, inside another they may not. */
const GENERIC = new Set(
  'number numero num n id code codigo key clave type tipo name nombre date fecha title titulo total count start end from to inicio fin status estado source origen valor value record'.split(
    ' ',
  ),
);

const SYNONYMS = new Map<FieldName, Synonym[]>(
  FIELD_NAMES.map((name) => {
    const { es, en }: Field = FIELDS[name];
    const own = [name.replaceAll('_', ' ')];
    return [name, [own, es, en].flatMap((list) => list.map((text, rank) => ({ text, words: text.split(' ').filter(isTelling), rank })))];
  }),
);

/** "Nº cliente", "N.º", "N°", "No.", "Nro." and "Núm." are how half of the files say number; folded, some would be "no". */
const NUMBER_SIGN = /(?<![\p{L}\d])(?:n\s*\.?\s*[º°]\.?|no\.|nro(?![\p{L}\d])\.?|n[uú]m(?![\p{L}\d])\.?|n\.)/giu;
/** A bare "No" is the sign only before what has a number: "No Cliente" is, "No contactar" is not. */
const BARE_NUMBER =
  /(?<![\p{L}\d])no(?=[\s_]+(?:de[\s_]+)?(?:cliente|socio|tarjeta|pedido|factura|ticket|tique|orden|documento|cuenta|contrato)\b)/giu;

/** A column's header as words: customerId, CUSTOMER_ID and "Customer ID" are one. */
export function columnWords(columnName: string): string {
  return foldText(
    columnName
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
      .replace(/(\p{L})(\d)/gu, '$1 $2')
      .replace(NUMBER_SIGN, 'num ')
      .replace(BARE_NUMBER, 'num '),
  );
}

/** How well a header names a field; `undefined` when they share nothing that tells. */
export function matchColumnName(columnName: string, field: FieldName): NameMatch | undefined {
  const text = columnWords(columnName);
  const close = text.replaceAll(' ', '');
  const words = text.split(' ').filter(isTelling);
  let best: NameMatch | undefined;
  for (const synonym of SYNONYMS.get(field)!) {
    let score = 0;
    if (synonym.text === text) score = 1 - synonym.rank * 0.004;
    else if (synonym.text.replaceAll(' ', '') === close) score = 0.96 - synonym.rank * 0.004;
    else if (sameWords(synonym.words, words)) score = 0.93 - synonym.rank * 0.004;
    else score = overlap(synonym.words, words);
    if (best === undefined ? score > 0 : score > best.score) best = { score, synonym: synonym.text };
  }
  return best;
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.length > 0 && a.every((word) => b.includes(word));
}

/** All of the synonym within a longer header ("fecha alta web"), or most of a longer synonym in the header. */
function overlap(synonym: readonly string[], words: readonly string[]): number {
  if (synonym.length === 0 || words.length === 0) return 0;
  const shared = synonym.filter((word) => words.includes(word)).length;
  if (shared === 0) return 0;
  const share = shared / Math.max(synonym.length, words.length);
  if (synonym.length === 1 && GENERIC.has(synonym[0]!)) return 0;
  if (shared === synonym.length && synonym.join('').length > 2) return 0.35 + 0.45 * share;
  return share >= 0.5 && shared > 1 ? 0.6 * share : share >= 0.5 && synonym.length <= 2 ? 0.35 * share : 0;
}

function isTelling(word: string): boolean {
  return word !== '' && !SILENT.has(word);
}
