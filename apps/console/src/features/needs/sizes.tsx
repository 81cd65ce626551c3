import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/board-page.tsx';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { customersOf, type Group } from './needs-words.ts';

/** What part of the customers and of the sales each group is. */
export function Sizes({ groups }: { groups: readonly Group[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const option = useMemo((): ChartOption => {
    const bar = (name: string, color: string | undefined, share: (group: Group) => number) => ({
      type: 'bar',
      name,
      itemStyle: { color, borderRadius: [0, 3, 3, 0] },
      data: groups.map(share),
      label: { show: true, position: 'right', formatter: ({ value }: { value: number }) => format.percent(value) },
    });
    return {
      grid: { left: 8, right: 48, top: 32, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: { trigger: 'item', valueFormatter: (value: number) => format.percent(value, 1) },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: groups.map(({ name }) => name),
        axisLabel: { width: 180, overflow: 'truncate' },
      },
      series: [
        bar(t('needs:sizes.customers'), SERIES_COLORS[0], ({ share }) => share),
        bar(t('needs:sizes.revenue'), SERIES_COLORS[2], ({ revenueShare }) => revenueShare),
      ],
    };
  }, [groups, format, t]);
  return (
    <Card title={t('needs:sizes.title')} span={7}>
      <Chart
        option={option}
        height={48 + groups.length * 52}
        caption={t('needs:sizes.caption')}
        onPick={({ index }) => void go(customersOf(groups[index]!.id))}
        table={{
          columns: [t('needs:sizes.group'), t('needs:sizes.customers'), t('needs:sizes.revenue')],
          rows: groups.map(({ id, name, share, revenueShare }) => [
            <Link key={id} {...customersOf(id)} size="sm">
              {name}
            </Link>,
            format.percent(share, 1),
            format.percent(revenueShare, 1),
          ]),
        }}
      />
    </Card>
  );
}
