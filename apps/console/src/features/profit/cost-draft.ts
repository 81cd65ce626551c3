// The cost table while somebody edits it: amounts may be missing or wrong for a moment.
import { BY_VIA, type Effort, type Kind, KINDS, type Table } from './term-words.ts';

export interface DraftRate {
  from: string | null;
  /** '' where nothing is typed, NaN where what is typed is no number. */
  amount: number | '';
}

export interface DraftTerm {
  kind: Kind;
  via: string | null;
  rates: DraftRate[];
}

export interface Draft {
  terms: DraftTerm[];
  /** Per cent. */
  company: number | '';
  categories: Record<string, number | ''>;
}

const MOST = 1_000_000;

export const keyOf = ({ kind, via }: { kind: Kind; via: string | null }) => JSON.stringify([kind, via]);
/** 0.123 → 12.3, without the dust of floating point. */
const perCent = (share: number) => Math.round(share * 1_000_000) / 10_000;
const share = (percent: number) => Math.round(percent * 100) / 10_000;

/** A row for each thing there is to price, priced or not, in the order of the screen. */
export function draftOf(table: Table, efforts: readonly Effort[]): Draft {
  const terms = new Map<string, DraftTerm>();
  const add = (term: DraftTerm) => {
    if (!terms.has(keyOf(term))) terms.set(keyOf(term), term);
  };
  for (const { kind, via, rates } of table.terms) add({ kind, via, rates: rates.map((rate) => ({ ...rate })) });
  for (const { kind, via } of efforts) add({ kind, via: BY_VIA.includes(kind) ? via : null, rates: [nothing()] });
  for (const kind of KINDS) {
    // What can be priced before it has ever happened, or has no channel.
    if (kind === 'visit' || kind === 'fixed' || kind === 'coupon') add({ kind, via: null, rates: [nothing()] });
  }
  const quantity = new Map(efforts.map(({ kind, via, recent }) => [keyOf({ kind, via }), recent]));
  const order = (term: DraftTerm) => quantity.get(keyOf(term)) ?? -1;
  return {
    terms: [...terms.values()].toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || order(b) - order(a)),
    company: table.margins.company === null ? '' : perCent(table.margins.company),
    categories: Object.fromEntries(table.margins.categories.map(({ category, margin }) => [category, perCent(margin)])),
  };
}

export const nothing = (): DraftRate => ({ from: null, amount: '' });

/** What can be sent: terms with a price, months in order. */
export function tableOf({ terms, company, categories }: Draft): Table {
  return {
    terms: terms.flatMap(({ kind, via, rates }) => {
      const priced = rates.flatMap(({ from, amount }) => (amount === '' ? [] : [{ from, amount }]));
      return priced.length > 0 ? [{ kind, via, rates: priced.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? '')) }] : [];
    }),
    margins: {
      company: company === '' ? null : share(company),
      categories: Object.entries(categories)
        .flatMap(([category, margin]) => (margin === '' ? [] : [{ category, margin: share(margin) }]))
        .toSorted((a, b) => a.category.localeCompare(b.category)),
    },
  };
}

/** What is wrong with a price of a term. */
export function problemOf(rate: DraftRate, { kind, rates }: DraftTerm): 'amount' | 'month' | undefined {
  if (rate.amount !== '' && !(rate.amount >= 0 && rate.amount <= (kind === 'discount' ? 100 : MOST))) return 'amount';
  if (rates.filter(({ from }) => from === rate.from).length > 1) return 'month';
  return undefined;
}

export const soundDraft = (draft: Draft): boolean =>
  draft.terms.every((term) => term.rates.every((rate) => problemOf(rate, term) === undefined)) &&
  [draft.company, ...Object.values(draft.categories)].every(soundMargin);

/** Per cent; below zero where selling costs more than it brings. */
export const soundMargin = (margin: number | ''): boolean => margin === '' || (margin >= -100 && margin <= 100);

/** How many amounts of one table are not those of the other. */
export function differences(a: Table, b: Table): number {
  const amounts = (table: Table) =>
    new Map<string, number>([
      ...table.terms.flatMap(({ kind, via, rates }) =>
        rates.map(({ from, amount }): [string, number] => [JSON.stringify([kind, via, from]), amount]),
      ),
      ...(table.margins.company === null ? [] : [['company', table.margins.company] as [string, number]]),
      ...table.margins.categories.map(({ category, margin }): [string, number] => [JSON.stringify([category]), margin]),
    ]);
  const [one, other] = [amounts(a), amounts(b)];
  return [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key)).length;
}
