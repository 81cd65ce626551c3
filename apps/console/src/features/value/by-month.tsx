import type { ValueOverview } from '@vinculo/insight/api/value';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { behind } from './search-targets.ts';

type Month = z.infer<typeof ValueOverview>['byMonth'][number];

/** Revenue and buyers month by month. Their scales differ, so each has its own axis, named. */
export function ByMonth({ months }: { months: Month[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const option = useMemo((): ChartOption => {
    const revenue = t('value:revenue');
    const buyers = t('value:buyers');
    return {
      grid: { left: 4, right: 4, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8 },
      tooltip: {
        trigger: 'axis',
        formatter: ([point]: { dataIndex: number }[]) => {
          const month = months[point!.dataIndex]!;
          return t('value:byMonth.point', {
            month: format.month(month.month),
            revenue: format.moneyRound(month.revenue),
            buyers: format.number(month.buyers),
          });
        },
      },
      xAxis: { type: 'category', data: months.map(({ month }) => format.month(month)) },
      yAxis: [
        { type: 'value', axisLabel: { formatter: (value: number) => format.moneyShort(value) } },
        { type: 'value', axisLabel: { formatter: (value: number) => format.short(value) }, splitLine: { show: false } },
      ],
      series: [
        { name: revenue, type: 'bar', data: months.map((month) => month.revenue), itemStyle: { borderRadius: [3, 3, 0, 0] } },
        { name: buyers, type: 'line', yAxisIndex: 1, data: months.map((month) => month.buyers), symbolSize: 5 },
      ],
    };
  }, [months, format, t]);
  const best = months.reduce((top, month) => (month.revenue > top.revenue ? month : top), months[0]!);
  return (
    <Chart
      option={option}
      height={240}
      onPick={({ index }) => void go(behind.month(months[index]!.month))}
      caption={t('value:byMonth.caption', { month: format.month(best.month), revenue: format.moneyRound(best.revenue) })}
      table={{
        columns: [t('value:byMonth.month'), t('value:revenue'), t('value:buyers')],
        rows: months.map(({ month, revenue, buyers }) => [
          format.month(month),
          format.moneyRound(revenue),
          <Link key={month} {...behind.month(month)}>
            {format.number(buyers)}
          </Link>,
        ]),
      }}
    />
  );
}
