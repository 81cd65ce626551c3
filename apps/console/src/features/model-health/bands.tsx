import { useTranslation } from 'react-i18next';
import { Chart } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';

/** How the pairs looked at spread from surely not to surely yes. Shares on a scale of logarithms, or the heap of noes hides the rest. */
export function Bands({ bands }: { bands: number[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = bands.reduce((sum, pairs) => sum + pairs, 0);
  const name = (n: number) => `${format.percent(n / bands.length, 0)}–${format.percent((n + 1) / bands.length, 0)}`;
  const doubtful = bands.slice(2, 18).reduce((sum, pairs) => sum + pairs, 0);
  return (
    <Chart
      caption={t('linkage:health.bandsCaption', { doubtful: format.percent(total === 0 ? 0 : doubtful / total, 2) })}
      option={{
        grid: { left: 8, right: 12, top: 12, bottom: 24, containLabel: true },
        tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.number(value) },
        xAxis: {
          type: 'category',
          data: bands.map((_, n) => name(n)),
          name: t('linkage:health.band'),
          nameLocation: 'middle',
          nameGap: 24,
          axisLabel: { interval: 4 },
        },
        yAxis: { type: 'log', min: 1, axisLabel: { formatter: (value: number) => format.short(value) } },
        series: [
          {
            type: 'bar',
            name: t('linkage:health.pairs'),
            // A logarithm knows no zero.
            data: bands.map((pairs) => (pairs === 0 ? null : pairs)),
            itemStyle: { color: SERIES_COLORS[0] },
          },
        ],
      }}
      table={{
        columns: [t('linkage:health.band'), t('linkage:health.pairs'), t('linkage:health.share')],
        rows: bands.map((pairs, n) => [name(n), format.number(pairs), format.percent(total === 0 ? 0 : pairs / total, 2)]),
      }}
    />
  );
}
