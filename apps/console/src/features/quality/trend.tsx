import { useTranslation } from 'react-i18next';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import type { Quality } from './quality-figures.ts';

/** The grade day by day, once there are two days to compare. */
export function Trend({ trend }: { trend: Quality['trend'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first] = trend;
  const last = trend.at(-1);
  if (!first || !last || first === last) {
    return (
      <Text size="xs" c="dimmed">
        {t('quality:trend.soon')}
      </Text>
    );
  }
  return (
    <Chart
      height={140}
      caption={t('quality:trend.caption', { from: format.date(first.on), to: format.date(last.on) })}
      table={{
        columns: [t('quality:trend.day'), t('quality:score.label')],
        rows: trend.map(({ on, score }) => [format.date(on), format.percent(score)]),
      }}
      option={{
        grid: { left: 40, right: 8, top: 8, bottom: 24 },
        xAxis: { type: 'time' },
        yAxis: { type: 'value', scale: true, axisLabel: { formatter: (value: number) => format.percent(value, 0) } },
        tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => format.percent(Number(value)) },
        series: [{ type: 'line', showSymbol: false, data: trend.map(({ on, score }) => [on, score]) }],
      }}
    />
  );
}
