// What is seen of a customer, in words and with the units of each sign.
import type { CustomerLoyalty, LoyaltyTerm } from '@vinculo/insight/api/loyalty';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type Format, useFormat } from '../../ui/format.ts';

export type Loyalty = NonNullable<z.infer<typeof CustomerLoyalty>['loyalty']>;
export type Seen = Loyalty['signs'][number];
export type Term = z.infer<typeof LoyaltyTerm>;
type Translate = (key: string, values?: Record<string, unknown>) => string;

const DAYS_OF_MONTH = 30.4;
/** A term that moves the points less than this is not worth a sentence. */
export const LEAST_POINTS = 0.2;

const share = (value: number, { percent }: Format) => percent(value, 0);
const UNITS: Partial<Record<Term['sign'], (value: number, format: Format, t: Translate) => string>> = {
  pace: (value, { number }, t) => t('loyalty:unit.perMonth', { value: number(value, 1) }),
  regularity: (value, format) => share(Math.max(0, value), format),
  weekday: (value, format) => share(Math.max(0, value), format),
  store: (value, format) => share(Math.max(0, value), format),
  channel: (value, format) => share(Math.max(0, value), format),
  basket: (value, { money }) => money(value),
  growth: (value, { change }) => change(2 ** value - 1),
  tenure: (value, _, t) => t('loyalty:unit.months', { count: Math.round(value / DAYS_OF_MONTH) }),
  price: (value, { percent }, t) =>
    value >= 0
      ? t('loyalty:unit.below', { value: percent(1 - Math.exp(-value), 0) })
      : t('loyalty:unit.above', { value: percent(Math.exp(-value) - 1, 0) }),
  stockpile: (value, { percent }) => percent(value, 0),
  survey: (value, { number }, t) => t('loyalty:unit.outOfTen', { value: number(value * 10, 1) }),
  referral: (value, { number }) => number(value),
  complaint: (value, { number }) => number(value, 1),
};

const BASES: Partial<Record<Term['sign'], string>> = {
  pace: 'days',
  regularity: 'gaps',
  weekday: 'days',
  sameness: 'lines',
  variety: 'lines',
  deals: 'lines',
  price: 'lines',
  stockpile: 'gaps',
  mailing: 'campaigns',
  survey: 'answers',
};
const OF_CONTACTS = new Set(['referral', 'complaint']);

export interface SignWords {
  value: (sign: Term['sign'], value: number) => string;
  /** «12 líneas»: what the value rests on. */
  based: (seen: Seen) => string;
  /** What a term says, with its figures where they are known. */
  sentence: (term: Term, seen?: Seen) => string;
}

export function useSignWords(): SignWords {
  const { t: translate } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const t = translate as unknown as Translate;
    const value: SignWords['value'] = (sign, one) => (UNITS[sign] ?? share)(one, format, t);
    return {
      value,
      based: ({ sign, n }) =>
        OF_CONTACTS.has(sign) ? t('loyalty:based.contacts') : t(`loyalty:based.${BASES[sign] ?? 'visits'}`, { count: n }),
      sentence({ sign, strength }, seen) {
        const words = t(`loyalty:${strength >= 0 ? 'high' : 'low'}.${sign}`);
        if (!seen || seen.value === null) return t('loyalty:sentenceBare', { words });
        if (seen.usual === null) return t('loyalty:sentenceAlone', { words, value: value(sign, seen.value) });
        return t('loyalty:sentence', { words, value: value(sign, seen.value), usual: value(sign, seen.usual) });
      },
    };
  }, [translate, format]);
}
