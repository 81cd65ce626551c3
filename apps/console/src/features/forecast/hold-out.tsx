import type { ForecastFound } from '@vinculo/insight/api/forecast';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';

type Found = z.infer<typeof ForecastFound>;

/** Of customers who had bought equally often: what they were to buy, and bought. */
export function HoldOutGroups({ forecast }: { forecast: Found }) {
  const { t } = useTranslation();
  const format = useFormat();
  const groups = forecast.candidates[0]?.groups ?? [];
  const label = (purchases: number) =>
    purchases === groups.at(-1)?.purchases && groups.length > 1 ? t('forecast:groups.more', { count: purchases }) : String(purchases);
  const mean = (of: number, customers: number) => of / Math.max(1, customers);
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 4, right: 4, top: 36, bottom: 22, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8 },
      tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.number(value, 2) },
      xAxis: {
        type: 'category',
        name: t('forecast:groups.axis'),
        nameLocation: 'middle',
        nameGap: 26,
        data: groups.map(({ purchases }) => label(purchases)),
      },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.short(value) } },
      series: [
        {
          name: t('forecast:actual'),
          type: 'bar',
          data: groups.map(({ actual, customers }) => mean(actual, customers)),
          itemStyle: { color: SERIES_COLORS[0], borderRadius: [3, 3, 0, 0] },
        },
        {
          name: t('forecast:expected'),
          type: 'bar',
          data: groups.map(({ expected, customers }) => mean(expected, customers)),
          itemStyle: { color: SERIES_COLORS[1], borderRadius: [3, 3, 0, 0] },
        },
      ],
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `label` and `mean` follow from the groups
    [groups, format, t],
  );
  return (
    <Chart
      option={option}
      height={250}
      caption={t('forecast:groups.caption', { error: format.percent(forecast.candidates[0]?.error ?? 0, 1) })}
      table={{
        columns: [t('forecast:groups.axis'), t('forecast:customers'), t('forecast:actual'), t('forecast:expected')],
        rows: groups.map(({ purchases, customers, actual, expected }) => [
          label(purchases),
          format.number(customers),
          format.number(mean(actual, customers), 2),
          format.number(mean(expected, customers), 2),
        ]),
      }}
    />
  );
}

/** All purchases since the day of the test, summed up: as they came and as they were expected. */
export function HoldOutTrack({ forecast }: { forecast: Found }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { track } = forecast.holdOut;
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 4, right: 16, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8 },
      tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.number(Math.round(value)) },
      xAxis: { type: 'category', data: track.map(({ day }) => format.date(day)) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.short(value) } },
      series: [
        {
          name: t('forecast:actual'),
          type: 'line',
          data: track.map(({ actual }) => actual),
          itemStyle: { color: SERIES_COLORS[0] },
          symbolSize: 5,
        },
        {
          name: t('forecast:expected'),
          type: 'line',
          data: track.map(({ expected }) => expected),
          itemStyle: { color: SERIES_COLORS[1] },
          lineStyle: { type: 'dashed' },
          symbolSize: 5,
        },
      ],
    }),
    [track, format, t],
  );
  const last = track.at(-1);
  if (!last) return null;
  return (
    <Chart
      option={option}
      height={250}
      caption={t('forecast:track.caption', {
        date: format.date(last.day),
        expected: format.number(Math.round(last.expected)),
        actual: format.number(last.actual),
      })}
      table={{
        columns: [t('forecast:track.until'), t('forecast:actual'), t('forecast:expected')],
        rows: track.map(({ day, actual, expected }) => [format.date(day), format.number(actual), format.number(Math.round(expected))]),
      }}
    />
  );
}
