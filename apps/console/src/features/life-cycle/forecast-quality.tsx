import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { Stack, Text } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { Summary } from './life-cycle.tsx';

/** How well the risk was forecast on a time it had not seen: in plain words first, then what was said against what happened. */
export function ForecastQuality({ summary: { forecast, periodDays } }: { summary: Summary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { trial, kind, why } = forecast;
  const bins = useMemo(() => trial?.[kind].reliability ?? [], [trial, kind]);
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 8, right: 12, top: 12, bottom: 28, containLabel: true },
      tooltip: {
        trigger: 'item',
        formatter: ({ dataIndex, seriesIndex }: { dataIndex: number; seriesIndex: number }) => {
          const bin = bins[dataIndex];
          return seriesIndex === 0 && bin
            ? t('lifecycle:trust.point', {
                said: format.percent(bin.said, 0),
                happened: format.percent(bin.happened, 0),
                rows: format.number(bin.rows),
              })
            : '';
        },
      },
      xAxis: {
        type: 'value',
        min: 0,
        max: 1,
        name: t('lifecycle:trust.said'),
        nameLocation: 'middle',
        nameGap: 26,
        axisLabel: { formatter: (value: number) => format.percent(value, 0) },
      },
      yAxis: { type: 'value', min: 0, max: 1, axisLabel: { formatter: (value: number) => format.percent(value, 0) } },
      series: [
        {
          type: 'scatter',
          symbolSize: 10,
          data: bins.map(({ said, happened }) => [said, happened]),
          itemStyle: { color: SERIES_COLORS[0] },
        },
        {
          type: 'line',
          symbol: 'none',
          silent: true,
          lineStyle: { type: 'dashed', width: 1 },
          itemStyle: { color: '#8d9199' },
          data: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    }),
    [bins, format, t],
  );
  if (!trial) return <Text size="sm">{t('lifecycle:trust.tooLittle', { days: periodDays })}</Text>;
  const used = trial[kind];
  // Of so many pairs of one who left and one who stayed, in how many the one who left was told the higher risk.
  const inTen = Math.round(used.auc * 10);
  return (
    <Stack gap="sm">
      <Text size="sm">{t(`lifecycle:trust.used.${kind}`)}</Text>
      <Text size="sm">
        {t('lifecycle:trust.words', { inTen, judgedOn: format.number(trial.judgedOn), left: format.percent(trial.leftShare, 0) })}
      </Text>
      {kind === 'rhythm' && why === 'better' && <Text size="sm">{t('lifecycle:trust.ruleBetter')}</Text>}
      <Chart
        option={option}
        height={220}
        caption={t('lifecycle:trust.caption')}
        table={{
          columns: [t('lifecycle:trust.said'), t('lifecycle:trust.happened'), t('value:customers')],
          rows: bins.map(({ said, happened, rows }) => [format.percent(said, 1), format.percent(happened, 1), format.number(rows)]),
        }}
      />
      <SimpleTable
        caption={t('lifecycle:trust.compare')}
        rows={(['model', 'rhythm'] as const).map((name) => ({ name, ...trial[name] }))}
        rowId={({ name }) => name}
        columns={[
          {
            id: 'name',
            header: t('lifecycle:trust.compare'),
            cell: ({ name }) => `${t(`lifecycle:trust.name.${name}`)}${name === kind ? ` (${t('lifecycle:trust.inUse')})` : ''}`,
          },
          { id: 'auc', header: 'AUC', definition: t('lifecycle:definition.auc'), align: 'right', cell: ({ auc }) => format.number(auc, 3) },
          {
            id: 'brier',
            header: 'Brier',
            definition: t('lifecycle:definition.brier'),
            align: 'right',
            cell: ({ brier }) => format.number(brier, 3),
          },
        ]}
      />
    </Stack>
  );
}
