// Numbers, money and times as the reader writes them: their language, the company's time zone and currency.
import { writeNumber } from '@vinculo/languages/api';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompany } from '../app/company.ts';

export interface Format {
  /** 1.234.567; with `digits`, that many decimals. */
  number(value: number, digits?: number): string;
  /** 1,2 M; 34 mil. For figures and axes. */
  short(value: number): string;
  /** 12,30 €. Takes what the API gives: a number, a decimal string or `{ amount, currency }`. */
  money(value: number | string | { amount: string; currency: string }, currency?: string): string;
  /** 1.234 € without cents, for figures and columns. */
  moneyRound(value: number | string, currency?: string): string;
  /** 1,2 M €. */
  moneyShort(value: number, currency?: string): string;
  /** 0.1234 → 12,3 %. */
  percent(share: number, digits?: number): string;
  /** 0.12 → +12 %. The sign says better or worse without a colour. */
  change(share: number): string;
  /** 3 mar 2026 */
  date(at: string | Date): string;
  /** 3 de marzo de 2026 */
  dateLong(at: string | Date): string;
  /** `2026-03` → mar 2026 */
  month(month: string): string;
  /** 3 mar 2026, 14:05 */
  dateTime(at: string | Date): string;
  time(at: string | Date): string;
  /** hace 3 minutos, ayer, hace 2 meses */
  relative(at: string | Date, now?: Date): string;
  /** 90 → 1 min 30 s */
  duration(seconds: number): string;
  /** 12,3 MB */
  bytes(size: number): string;
  /** «a, b y c» */
  list(words: string[]): string;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const date = (at: string | Date): Date => (at instanceof Date ? at : new Date(at));

export function createFormat(locale: string, timeZone: string, ownCurrency: string): Format {
  const kept = new Map<string, Intl.NumberFormat>();
  const write = (value: number, options: Intl.NumberFormatOptions): string => {
    const key = JSON.stringify(options);
    // What is nothing once rounded is not below zero.
    const known = kept.get(key) ?? new Intl.NumberFormat(locale, { useGrouping: 'always', signDisplay: 'negative', ...options });
    kept.set(key, known);
    return writeNumber(known, value);
  };
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const day = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const dayLong = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  const moment = dates({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const clock = dates({ hour: '2-digit', minute: '2-digit' });
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const words = new Intl.ListFormat(locale, { type: 'conjunction' });

  return {
    number: (value, digits = 0) => write(value, { maximumFractionDigits: digits, minimumFractionDigits: digits }),
    short: (value) => write(value, { notation: 'compact', maximumFractionDigits: 1 }),
    money: (value, currency = ownCurrency) => {
      const { amount, currency: code } = typeof value === 'object' ? value : { amount: value, currency };
      return write(Number(amount), { style: 'currency', currency: code });
    },
    moneyRound: (value, currency = ownCurrency) => write(Number(value), { style: 'currency', currency, maximumFractionDigits: 0 }),
    moneyShort: (value, currency = ownCurrency) => {
      // Where nothing is shortened there is money as it is written: whole, or with its cents when it is only some; never «703,5 €».
      const digits = Math.abs(value) < 10 ? undefined : 0;
      return Math.abs(value) < 999.5
        ? write(value, { style: 'currency', currency, maximumFractionDigits: digits, trailingZeroDisplay: 'stripIfInteger' } as object)
        : write(value, { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 });
    },
    percent: (share, digits = share !== 0 && Math.abs(share) < 0.1 ? 1 : 0) =>
      write(share, { style: 'percent', maximumFractionDigits: digits }),
    change: (share) => write(share, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }),
    date: (at) => day.format(date(at)),
    dateLong: (at) => dayLong.format(date(at)),
    month: (value) => month.format(new Date(`${value.slice(0, 7)}-15T12:00:00Z`)),
    dateTime: (at) => moment.format(date(at)),
    time: (at) => clock.format(date(at)),
    relative: (at, now = new Date()) => {
      const seconds = (date(at).getTime() - now.getTime()) / 1000;
      for (const [unit, size] of UNITS) {
        if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
      }
      return relative.format(0, 'second');
    },
    duration: (seconds) => {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 60) return `${whole} s`;
      if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
      return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
    },
    bytes: (size) => {
      const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
      const power = size < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log10(size) / 3));
      return write(size / 1000 ** power, {
        style: 'unit',
        unit: names[power]!,
        unitDisplay: 'short',
        maximumFractionDigits: power < 2 ? 0 : 1,
      });
    },
    list: (items) => words.format(items),
  };
}

/** The formats of the reader. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const { timeZone, currency } = useCompany();
  // Grouping in Spanish starts at five digits; a column of figures reads better with one rule, so es-ES with useGrouping always.
  const locale = i18n.language === 'en' ? 'en-GB' : 'es-ES';
  return useMemo(() => createFormat(locale, timeZone, currency), [locale, timeZone, currency]);
}
