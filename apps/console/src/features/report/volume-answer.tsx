import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid, Stack } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import type { Report } from './report.tsx';
import { behindReport } from './search.ts';

/** How much they bought, beside the period before, month by month. */
export function VolumeAnswer({ report }: { report: Report }) {
  const { buyers, volume, from, beforeFrom } = report;
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const change = ({ now, before }: Report['buyers']) =>
    before ? { text: format.change(now / before - 1), better: now >= before } : undefined;
  const option = useMemo((): ChartOption => {
    const { byMonth } = volume;
    return {
      grid: { left: 8, right: 8, top: 32, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: { trigger: 'axis', valueFormatter: (value: number | null) => (value === null ? '–' : format.money(value)) },
      xAxis: { type: 'category', data: byMonth.map(({ month }) => format.month(month)) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.moneyShort(value) } },
      series: [
        ...(byMonth.some(({ before }) => before !== null)
          ? [{ type: 'bar', name: t('report:before'), data: byMonth.map(({ before }) => before), itemStyle: { color: '#b4bbc8' } }]
          : []),
        { type: 'bar', name: t('report:now'), data: byMonth.map(({ revenue }) => revenue), itemStyle: { color: SERIES_COLORS[0] } },
      ],
    };
  }, [volume, format, t]);
  return (
    <Stack gap="md" key={`${from} ${beforeFrom}`}>
      <SimpleGrid cols={2} spacing="md">
        <Figure
          label={t('report:buyers')}
          definition={t('report:definition.buyers')}
          value={format.number(buyers.now)}
          change={change(buyers)}
          to={behindReport(report)}
        />
        <Figure
          label={t('report:revenue')}
          definition={t('value:definition.revenue')}
          value={format.moneyShort(volume.revenue.now)}
          change={change(volume.revenue)}
        />
        <Figure
          label={t('report:orders')}
          definition={t('value:definition.orders')}
          value={format.number(volume.orders.now)}
          change={change(volume.orders)}
        />
        <Figure
          label={t('report:averageOrder')}
          definition={t('value:definition.averageOrder')}
          value={format.money(volume.averageOrder.now)}
          change={change(volume.averageOrder)}
        />
      </SimpleGrid>
      {volume.byMonth.length > 1 && (
        <Chart
          caption={t('report:chart.months')}
          height={200}
          option={option}
          onPick={({ index }) => {
            const month = volume.byMonth[index]?.month;
            // The days of the month that are in the period.
            const end = month && new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
            const [first, last] = [`${month}-01`, `${end}`];
            if (month)
              void go(
                behindReport({ ...report, from: first > report.from ? first : report.from, to: last < report.to ? last : report.to }),
              );
          }}
          table={{
            columns: [t('report:month'), t('report:now'), t('report:before')],
            rows: volume.byMonth.map(({ month, revenue, before }) => [
              format.month(month),
              format.money(revenue),
              before === null ? '–' : format.money(before),
            ]),
          }}
        />
      )}
    </Stack>
  );
}
