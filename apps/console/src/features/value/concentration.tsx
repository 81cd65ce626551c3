import type { ValueOverview } from '@vinculo/insight/api/value';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';

type Overview = z.infer<typeof ValueOverview>;
const TABLE_STEP = 10;
const MARKED = 0.2;

/** The concentration curve: how much of the revenue the best customers bring, against everyone bringing the same. */
export function Concentration({ overview, height = 260 }: { overview: Pick<Overview, 'concentration' | 'gini'>; height?: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { concentration, gini } = overview;
  const marked = concentration.find(({ customers }) => customers >= MARKED)?.revenue ?? 0;
  const caption = t('value:concentration.caption', {
    customers: format.percent(MARKED),
    revenue: format.percent(marked),
    gini: format.number(gini, 2),
  });

  const option = useMemo((): ChartOption => {
    const percent = (share: number) => format.percent(share, 0);
    const axis = { type: 'value', min: 0, max: 1, interval: 0.2, axisLabel: { formatter: percent } };
    return {
      grid: { left: 4, right: 16, top: 12, bottom: 22, containLabel: true },
      tooltip: {
        trigger: 'axis',
        formatter: (points: { value: [number, number] }[]) => {
          const [customers, revenue] = points[0]!.value;
          return t('value:concentration.point', { customers: percent(customers), revenue: format.percent(revenue, 1) });
        },
      },
      xAxis: { ...axis, name: t('value:concentration.customers'), nameLocation: 'middle', nameGap: 26 },
      yAxis: { ...axis, max: Math.max(1, ...concentration.map(({ revenue }) => revenue)) },
      series: [
        {
          type: 'line',
          data: concentration.map(({ customers, revenue }) => [customers, revenue]),
          showSymbol: false,
          areaStyle: { opacity: 0.12 },
          lineStyle: { width: 2 },
        },
        {
          type: 'line',
          data: [
            [0, 0],
            [1, 1],
          ],
          showSymbol: false,
          silent: true,
          tooltip: { show: false },
          lineStyle: { type: 'dashed', width: 1, color: '#8b93a1' },
          itemStyle: { color: '#8b93a1' },
        },
      ],
    };
  }, [concentration, format, t]);

  return (
    <Chart
      option={option}
      caption={caption}
      height={height}
      table={{
        columns: [t('value:concentration.customers'), t('value:concentration.revenue')],
        rows: concentration
          .filter((_, index) => index % TABLE_STEP === 0)
          .map(({ customers, revenue }) => [format.percent(customers, 0), format.percent(revenue, 1)]),
      }}
    />
  );
}
