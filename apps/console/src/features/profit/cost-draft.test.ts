import { describe, expect, it } from 'vitest';
import { differences, draftOf, problemOf, soundDraft, tableOf } from './cost-draft.ts';
import type { Effort, Table } from './term-words.ts';

const table: Table = {
  terms: [
    {
      kind: 'contact_in',
      via: 'phone',
      rates: [
        { from: null, amount: 3 },
        { from: '2026-03', amount: 3.5 },
      ],
    },
    { kind: 'delivery', via: null, rates: [{ from: null, amount: 0 }] },
  ],
  margins: { company: 0.3125, categories: [{ category: 'Menaje', margin: 0.07 }] },
};
const efforts: Effort[] = [
  { kind: 'delivery', via: 'web', quantity: 10, recent: 5 },
  { kind: 'delivery', via: 'store', quantity: 90, recent: 50 },
  { kind: 'contact_in', via: 'phone', quantity: 9, recent: 4 },
  { kind: 'fixed', via: '', quantity: 100, recent: 10 },
];

describe('the cost table being edited', () => {
  it('goes there and back without a change', () => {
    expect(tableOf(draftOf(table, efforts))).toEqual(table);
    expect(differences(table, tableOf(draftOf(table, efforts)))).toBe(0);
  });

  it('has a row for what happened, the most frequent first, and for what never did', () => {
    expect(draftOf(table, efforts).terms.map(({ kind, via }) => [kind, via])).toEqual([
      ['contact_in', 'phone'],
      ['visit', null],
      ['delivery', 'store'],
      ['delivery', 'web'],
      ['delivery', null],
      ['coupon', null],
      ['fixed', null],
    ]);
  });

  it('an empty amount is no price, nought is one', () => {
    const draft = draftOf(table, efforts);
    draft.terms.find(({ kind, via }) => kind === 'delivery' && via === 'web')!.rates = [{ from: null, amount: 4 }];
    draft.terms[0]!.rates[0]!.amount = '';
    const after = tableOf(draft);
    expect(after.terms).toContainEqual({ kind: 'delivery', via: 'web', rates: [{ from: null, amount: 4 }] });
    expect(after.terms).toContainEqual({ kind: 'delivery', via: null, rates: [{ from: null, amount: 0 }] });
    expect(differences(table, after)).toBe(2);
  });

  it('knows what cannot be meant', () => {
    const draft = draftOf(table, efforts);
    const phone = draft.terms[0]!;
    expect(soundDraft(draft)).toBe(true);
    expect(problemOf({ from: null, amount: -1 }, { ...phone, rates: [] })).toBe('amount');
    // A sign alone is no amount yet: it is said, not left out.
    expect(problemOf({ from: null, amount: Number.NaN }, { ...phone, rates: [] })).toBe('amount');
    expect(soundDraft({ ...draft, company: Number.NaN })).toBe(false);
    expect(problemOf({ from: null, amount: 120 }, { kind: 'discount', via: null, rates: [] })).toBe('amount');
    phone.rates[1]!.from = null;
    expect(problemOf(phone.rates[1]!, phone)).toBe('month');
    expect(soundDraft(draft)).toBe(false);
    expect(soundDraft({ ...draftOf(table, efforts), company: 101 })).toBe(false);
  });
});
