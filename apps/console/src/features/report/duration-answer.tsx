import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { Stack } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { ShareBar } from '../../ui/share-bar.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { Report } from './report.tsx';
import { behindReport } from './search.ts';

/** For how long they have been customers, and how many stay. */
export function DurationAnswer({ report }: { report: Report }) {
  const { duration } = report;
  const { t } = useTranslation();
  const format = useFormat();
  const option = useMemo((): ChartOption => {
    const points = [[0, 1], ...duration.survival.map(({ months, share }) => [months, share])];
    return {
      grid: { left: 8, right: 16, top: 12, bottom: 22, containLabel: true },
      tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.percent(value, 1) },
      xAxis: { type: 'value', name: t('report:months'), nameLocation: 'middle', nameGap: 26, minInterval: 1 },
      yAxis: { type: 'value', min: 0, max: 1, axisLabel: { formatter: (value: number) => format.percent(value, 0) } },
      series: [
        { type: 'line', step: 'end', data: points, showSymbol: false, itemStyle: { color: SERIES_COLORS[0] }, areaStyle: { opacity: 0.1 } },
      ],
    };
  }, [duration, format, t]);
  return (
    <Stack gap="md">
      <SimpleTable
        caption={t('report:years')}
        rows={duration.bands}
        rowId={({ years }) => years}
        columns={[
          {
            id: 'years',
            header: t('report:years'),
            definition: t('report:definition.years'),
            cell: ({ years }) => (
              <Link {...behindReport(report, { years })} size="sm">
                {t(`report:bands.${years}`)}
              </Link>
            ),
          },
          { id: 'share', header: t('report:customers'), align: 'right', cell: ({ share }) => <ShareBar share={share} /> },
          { id: 'revenue', header: t('report:revenue'), align: 'right', cell: ({ revenue }) => format.moneyRound(revenue) },
        ]}
      />
      {duration.survival.length > 1 && (
        <Chart
          caption={`${t('report:chart.survival')} ${t('report:definition.survival')}`}
          height={200}
          option={option}
          table={{
            columns: [t('report:months'), t('report:stay')],
            rows: duration.survival.map(({ months, share }) => [format.number(months), format.percent(share, 1)]),
          }}
        />
      )}
    </Stack>
  );
}
