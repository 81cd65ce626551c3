import type { ForecastFound } from '@vinculo/insight/api/forecast';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';

/** Sales of the last two years and, to today's customers, of the coming one. */
export function ComingYear({ forecast }: { forecast: z.infer<typeof ForecastFound> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { history, months, currency } = forecast;
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 4, right: 4, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8 },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: number | null | undefined) =>
          value === null || value === undefined ? '–' : format.moneyRound(value, currency),
      },
      xAxis: { type: 'category', data: [...history, ...months].map(({ month }) => format.month(month)) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.moneyShort(value, currency) } },
      series: [
        {
          name: t('forecast:months.revenue'),
          type: 'bar',
          stack: 'sales',
          data: history.map(({ revenue }) => revenue),
          itemStyle: { color: SERIES_COLORS[0], borderRadius: [3, 3, 0, 0] },
        },
        {
          name: t('forecast:months.expected'),
          type: 'bar',
          stack: 'sales',
          data: [...history.map(() => null), ...months.map(({ expected }) => expected)],
          itemStyle: { color: SERIES_COLORS[1], borderRadius: [3, 3, 0, 0] },
        },
      ],
    }),
    [history, months, currency, format, t],
  );
  return (
    <Chart
      option={option}
      height={250}
      caption={t('forecast:months.caption', { amount: format.moneyRound(forecast.sales365, currency) })}
      table={{
        columns: [t('forecast:months.month'), t('forecast:months.revenue'), t('forecast:months.expected')],
        rows: [
          ...history.map(({ month, revenue }) => [format.month(month), format.moneyRound(revenue, currency), '']),
          ...months.map(({ month, expected }) => [format.month(month), '', format.moneyRound(expected, currency)]),
        ],
      }}
    />
  );
}
