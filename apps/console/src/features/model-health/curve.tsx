import { useTranslation } from 'react-i18next';
import { Chart } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import type { Health } from './verdict.ts';

/** Expected precision and recall at every threshold, and where we stand. */
export function Curve({ curve, threshold }: { curve: NonNullable<Health['figures']>['curve']; threshold: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = [t('linkage:health.precision'), t('linkage:health.recall')];
  const least = Math.min(...curve.flatMap(({ precision, recall }) => [precision, recall]));
  const line = (name: string, color: string, of: (point: (typeof curve)[number]) => number, extra = {}) => ({
    type: 'line',
    name,
    showSymbol: false,
    lineStyle: { width: 2, color },
    itemStyle: { color },
    data: curve.map((point) => [point.threshold, of(point)]),
    ...extra,
  });
  return (
    <Chart
      caption={t('linkage:health.curveCaption', { threshold: format.percent(threshold, 1) })}
      option={{
        grid: { left: 8, right: 24, top: 32, bottom: 24, containLabel: true },
        legend: { top: 0, left: 0 },
        tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.percent(value, 1) },
        xAxis: {
          type: 'value',
          min: 0,
          max: 1,
          name: t('linkage:health.threshold'),
          nameLocation: 'middle',
          nameGap: 24,
          axisLabel: { formatter: (value: number) => format.percent(value, 0) },
        },
        yAxis: {
          type: 'value',
          min: Math.max(0, Math.floor(least * 10) / 10),
          max: 1,
          axisLabel: { formatter: (value: number) => format.percent(value, 0) },
        },
        series: [
          line(names[0]!, SERIES_COLORS[0]!, ({ precision }) => precision, {
            markLine: {
              symbol: 'none',
              silent: true,
              label: { show: false },
              lineStyle: { type: 'dashed', color: '#7d848f' },
              data: [{ xAxis: threshold }],
            },
          }),
          line(names[1]!, SERIES_COLORS[1]!, ({ recall }) => recall),
        ],
      }}
      table={{
        columns: [t('linkage:health.threshold'), ...names, t('linkage:health.pairs')],
        rows: curve.map((point) => [
          format.percent(point.threshold, 1),
          format.percent(point.precision, 1),
          format.percent(point.recall, 1),
          format.number(point.edges),
        ]),
      }}
    />
  );
}
