import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { decileColor } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { behindProfit } from './search.ts';
import type { Profit } from './term-words.ts';

/** The whale curve: profit added up from the best customer to the worst. It ends below its top by what the last ones lose. */
export function WhaleCurve({ curve }: { curve: Profit['curve'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const top = curve.reduce((best, point) => (point.profit > best.profit ? point : best), curve[0]!);
  const end = curve.at(-1)!;
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 8, right: 24, top: 28, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis',
        formatter: ([point]: { dataIndex: number }[]) => {
          const { customers, profit } = curve[point!.dataIndex]!;
          return t('profit:curve.point', { share: format.percent(customers), profit: format.moneyRound(profit) });
        },
      },
      xAxis: { type: 'value', min: 0, max: 1, axisLabel: { formatter: (share: number) => format.percent(share, 0) } },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.moneyShort(value) } },
      series: [
        {
          type: 'line',
          symbol: 'none',
          areaStyle: { opacity: 0.12 },
          data: curve.map(({ customers, profit }) => [customers, profit]),
          markPoint:
            top.profit > end.profit
              ? {
                  symbol: 'circle',
                  symbolSize: 8,
                  label: { show: true, position: 'top', formatter: format.moneyShort(top.profit) },
                  data: [{ coord: [top.customers, top.profit] }],
                }
              : undefined,
        },
      ],
    }),
    [curve, top, end, format, t],
  );
  return (
    <Chart
      option={option}
      height={260}
      onPick={() => void go(behindProfit.below())}
      caption={
        top.profit > end.profit
          ? t('profit:curve.caption', {
              share: format.percent(top.customers),
              top: format.moneyRound(top.profit),
              profit: format.moneyRound(end.profit),
            })
          : t('profit:curve.captionFlat', { profit: format.moneyRound(end.profit) })
      }
      table={{
        columns: [t('profit:curve.customers'), t('profit:curve.cumulative')],
        rows: curve
          .filter((_, n) => n % 5 === 0 || n === curve.length - 1)
          .map(({ customers, profit }) => [format.percent(customers), format.moneyRound(profit)]),
      }}
    />
  );
}

/** Tenths of the customers by what they leave. */
export function ProfitDeciles({ deciles }: { deciles: Profit['deciles'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const option = useMemo(
    (): ChartOption => ({
      tooltip: {
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const { decile, customers, profit } = deciles[dataIndex]!;
          return t('profit:deciles.point', { decile, customers: format.number(customers), profit: format.moneyRound(profit) });
        },
      },
      xAxis: { type: 'category', data: deciles.map(({ decile }) => String(decile)), axisLabel: { interval: 0 } },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.moneyShort(value) } },
      series: [
        {
          type: 'bar',
          barCategoryGap: '24%',
          data: deciles.map(({ decile, profit }) => ({ value: profit, itemStyle: { color: decileColor(decile), borderRadius: 3 } })),
        },
      ],
    }),
    [deciles, format, t],
  );
  return (
    <Chart
      option={option}
      height={240}
      onPick={({ index }) => void go(behindProfit.decile(deciles[index]!.decile))}
      caption={t('profit:deciles.caption', {
        first: format.moneyRound(deciles[0]?.profit ?? 0),
        last: format.moneyRound(deciles.at(-1)?.profit ?? 0),
      })}
      table={{
        columns: [t('profit:deciles.decile'), t('profit:below.customers'), t('profit:deciles.profit'), t('profit:deciles.share')],
        rows: deciles.map(({ decile, customers, profit, share }) => [
          String(decile),
          <Link key={decile} {...behindProfit.decile(decile)}>
            {format.number(customers)}
          </Link>,
          format.moneyRound(profit),
          share === null ? '–' : format.percent(share, 1),
        ]),
      }}
    />
  );
}
