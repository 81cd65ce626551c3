import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';
import type { FunnelView } from './funnel-tab.tsx';

/** How each step has grown, day by day, since the funnel is what it is now. */
export function FunnelTrend({ trend, names }: { trend: FunnelView['trend']; names: string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const day = (date: string) => format.date(`${date}T12:00:00Z`);
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, type: 'scroll' },
      tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.number(value) },
      xAxis: { type: 'category', data: trend.map(({ day: date }) => format.date(`${date}T12:00:00Z`)) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.short(value) } },
      series: names.map((name, step) => ({ type: 'line', name, symbol: 'none', data: trend.map(({ steps }) => steps[step] ?? 0) })),
    }),
    [trend, names, format],
  );
  return (
    <Chart
      option={option}
      height={240}
      caption={t('funnel:trend.caption', { from: day(trend[0]!.day), to: day(trend.at(-1)!.day) })}
      table={{
        columns: [t('funnel:trend.day'), ...names],
        rows: trend.toReversed().map(({ day: date, steps }) => [day(date), ...steps.map((count) => format.number(count))]),
      }}
    />
  );
}
