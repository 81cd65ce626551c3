import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';

interface Month {
  month: string;
  margin: number | null;
  income: number;
  costToServe: number;
  profit: number | null;
}

/** Margin and cost to serve against each other, and what is left, month by month. */
export function ProfitMonths({ months, caption }: { months: readonly Month[]; caption: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const contracts = months.some(({ income }) => income !== 0);
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8 },
      tooltip: { trigger: 'axis', valueFormatter: (value: number | null) => (value === null ? '–' : format.money(value)) },
      xAxis: { type: 'category', data: months.map(({ month }) => format.month(month)) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.moneyShort(value) } },
      series: [
        {
          name: t('profit:margin'),
          type: 'bar',
          stack: 'money',
          data: months.map(({ margin }) => margin),
          itemStyle: { color: SERIES_COLORS[2] },
        },
        ...(contracts
          ? [
              {
                name: t('profit:income'),
                type: 'bar',
                stack: 'money',
                data: months.map(({ income }) => income),
                itemStyle: { color: SERIES_COLORS[4] },
              },
            ]
          : []),
        {
          name: t('profit:costToServe'),
          type: 'bar',
          stack: 'money',
          data: months.map(({ costToServe }) => -costToServe),
          itemStyle: { color: SERIES_COLORS[1] },
        },
        {
          name: t('profit:profit'),
          type: 'line',
          data: months.map(({ profit }) => profit),
          symbolSize: 5,
          lineStyle: { color: SERIES_COLORS[0] },
          itemStyle: { color: SERIES_COLORS[0] },
        },
      ],
    }),
    [months, contracts, format, t],
  );
  const money = (amount: number | null) => (amount === null ? '–' : format.money(amount));
  return (
    <Chart
      option={option}
      height={260}
      caption={caption}
      table={{
        columns: [
          t('profit:byMonth.month'),
          t('profit:margin'),
          ...(contracts ? [t('profit:income')] : []),
          t('profit:costToServe'),
          t('profit:profit'),
        ],
        rows: months.map(({ month, margin, income, costToServe, profit }) => [
          format.month(month),
          money(margin),
          ...(contracts ? [money(income)] : []),
          money(costToServe),
          money(profit),
        ]),
      }}
    />
  );
}
