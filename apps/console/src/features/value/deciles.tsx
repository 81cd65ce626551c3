import type { ValueOverview } from '@vinculo/insight/api/value';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { decileColor } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { behind } from './search-targets.ts';

type Decile = z.infer<typeof ValueOverview>['deciles'][number];

/** Buyers in ten equal parts by what they bring, best first. */
export function Deciles({ deciles }: { deciles: Decile[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const option = useMemo(
    (): ChartOption => ({
      tooltip: {
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const { decile, customers, revenue, share } = deciles[dataIndex]!;
          return t('value:deciles.point', {
            decile,
            customers: format.number(customers),
            revenue: format.moneyRound(revenue),
            share: format.percent(share, 1),
          });
        },
      },
      xAxis: { type: 'category', data: deciles.map(({ decile }) => String(decile)) },
      yAxis: { type: 'value', axisLabel: { formatter: (share: number) => format.percent(share, 0) } },
      series: [
        {
          type: 'bar',
          barCategoryGap: '24%',
          data: deciles.map(({ decile, share }) => ({
            value: share,
            itemStyle: { color: decileColor(decile), borderRadius: [3, 3, 0, 0] },
          })),
        },
      ],
    }),
    [deciles, format, t],
  );
  const first = deciles[0];
  return (
    <Chart
      option={option}
      height={240}
      caption={t('value:deciles.caption', { share: format.percent(first?.share ?? 0) })}
      onPick={({ index }) => void go(behind.decile(deciles[index]!.decile))}
      table={{
        columns: [t('value:deciles.decile'), t('value:customers'), t('value:revenue'), t('value:deciles.share')],
        rows: deciles.map(({ decile, customers, revenue, share }) => [
          String(decile),
          <Link key={decile} {...behind.decile(decile)}>
            {format.number(customers)}
          </Link>,
          format.moneyRound(revenue),
          format.percent(share, 1),
        ]),
      }}
    />
  );
}
