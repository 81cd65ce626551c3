import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { stageColor } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import type { OneLifeCycle } from './life-cycle-section.tsx';

/** Every wait between two purchases as a dot over its end, the silence of now as a diamond, and the waits that would say goodbye as lines. */
export function GapDots({ life }: { life: OneLifeCycle }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { gaps, silentDays, limits, asOf, stage, rhythmDays } = life;
  const option = useMemo((): ChartOption => {
    const most = Math.max(...gaps.map(({ days }) => days), silentDays, limits.atRisk) * 1.15;
    const line = (name: string, days: number, color: string) => ({
      name,
      yAxis: days,
      lineStyle: { color, type: 'dashed' as const },
      label: { formatter: name, position: 'insideStartTop' as const, fontSize: 12 },
    });
    const lines = [
      ...(rhythmDays ? [line(t('lifecycle:gaps.rhythm'), rhythmDays, stageColor('active'))] : []),
      line(t('value:stage.at_risk'), limits.atRisk, stageColor('at_risk')),
      line(t('value:stage.inactive'), limits.inactive, stageColor('inactive')),
      line(t('value:stage.lost'), limits.lost, stageColor('lost')),
    ].filter(({ yAxis }) => yAxis <= most);
    return {
      grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'item',
        formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => {
          const gap = gaps[dataIndex];
          if (seriesIndex === 1) return t('lifecycle:gaps.silent', { count: silentDays });
          return gap
            ? t('lifecycle:gaps.gap', {
                count: gap.days,
                from: format.date(`${gap.from}T12:00:00Z`),
                to: format.date(`${gap.to}T12:00:00Z`),
              })
            : '';
        },
      },
      xAxis: {
        type: 'time',
        max: Date.parse(asOf),
        axisLabel: { hideOverlap: true, formatter: (at: number) => format.month(new Date(at).toISOString()) },
      },
      yAxis: { type: 'value', min: 0, max: Math.ceil(most), name: t('lifecycle:gaps.axis'), nameTextStyle: { align: 'left' } },
      series: [
        {
          type: 'scatter',
          symbolSize: 9,
          itemStyle: { color: stageColor('active'), opacity: 0.8 },
          data: gaps.map(({ to, days }) => [to, days]),
          markLine: { symbol: 'none', silent: true, data: lines },
        },
        { type: 'scatter', symbol: 'diamond', symbolSize: 16, itemStyle: { color: stageColor(stage) }, data: [[asOf, silentDays]] },
      ],
    };
  }, [gaps, silentDays, limits, asOf, stage, rhythmDays, format, t]);
  if (gaps.length === 0) return null;
  return (
    <Chart
      option={option}
      height={240}
      caption={t('lifecycle:gaps.caption', { count: silentDays })}
      table={{
        columns: [t('lifecycle:gaps.from'), t('lifecycle:gaps.to'), t('lifecycle:gaps.axis')],
        rows: gaps
          .toReversed()
          .map(({ from, to, days }) => [format.date(`${from}T12:00:00Z`), format.date(`${to}T12:00:00Z`), format.number(days)]),
      }}
    />
  );
}
