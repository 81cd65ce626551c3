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
      /** «+12 %», or of a share «+2,1 puntos». */
      change: ({ change, points, value }: NonNullable<Result['against']>): string => {
        if (points !== null) return t('boards:points', { points: `${points > 0 ? '+' : ''}${format.number(points, 1)}` });
        return change === null ? full(value) : format.change(change);
      },
    };
  }, [format, t, unit, currency]);
}
