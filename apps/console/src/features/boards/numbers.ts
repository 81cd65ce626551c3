import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { Result } from './use-boards.ts';

type Measured = Pick<Result, 'unit' | 'currency'>;

/** How the numbers of a card are written: in full, and short for axes. */
export function useNumbers({ unit, currency }: Measured) {
  const format = useFormat();
  const { t } = useTranslation();
  return useMemo(() => {
    const full = (value: number | null): string => {
      if (value === null) return '–';
      if (unit === 'money') return Math.abs(value) >= 1000 ? format.moneyRound(value, currency) : format.money(value, currency);
      if (unit === 'share') return format.percent(value, 1);
      return unit === 'count' || Number.isInteger(value) ? format.number(value) : format.number(value, 2);
    };
    return {
      full,
      short: (value: number): string =>
        unit === 'money' ? format.moneyShort(value, currency) : unit === 'share' ? format.percent(value) : format.short(value),
      /** «+12 %», of a share «+2,1 puntos», and where there is nothing to divide by «+125 €». */
      change: ({ change, points, value }: NonNullable<Result['against']>, own: number | null): string => {
        if (points !== null) return t('boards:points', { points: `${points > 0 ? '+' : ''}${format.number(points, 1)}` });
        if (change !== null) return format.change(change);
        const more = (own ?? 0) - value;
        return `${more > 0 ? '+' : ''}${full(more)}`;
      },
    };
  }, [format, t, unit, currency]);
}
