import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import type { Overview } from './duplicates.tsx';

/** How many customers are made of two records, three, four … Those of one need no unifying and would dwarf the rest. */
export function Sizes({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const last = overview.sizes.at(-1)?.records ?? 1;
  const several = overview.sizes.filter(({ records }) => records > 1);
  const single = overview.sizes.find(({ records }) => records === 1)?.customers ?? 0;
  const together = several.reduce((sum, { customers }) => sum + customers, 0);
  const nameOf = (records: number) =>
    t('duplicates:sizes.records', { count: records, shown: records === last && records > 2 ? `${records}+` : String(records) });

  const option = useMemo(
    () => ({
      xAxis: { type: 'value', splitLine: { show: false }, axisLabel: { show: false } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: several.map(({ records }) => nameOf(records)),
        axisTick: { show: false },
        axisLine: { show: false },
      },
      tooltip: { trigger: 'item', valueFormatter: (value: unknown) => format.number(Number(value)) },
      series: [
        {
          type: 'bar',
          data: several.map(({ customers }) => customers),
          itemStyle: { color: SERIES_COLORS[0], borderRadius: 3 },
          barMaxWidth: 22,
          label: { show: true, position: 'right', formatter: ({ value }: { value: number }) => format.number(value) },
        },
      ],
      grid: { left: 0, right: 48, top: 4, bottom: 4, containLabel: true },
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- nameOf follows the language, and so does format
    [overview, format],
  );
  return (
    <Chart
      option={option}
      height={Math.max(120, several.length * 36)}
      caption={t('duplicates:sizes.caption', { single: format.number(single), several: format.number(together) })}
      onPick={() => void navigate({ to: '/customers', search: { duplicates: 'yes' } as never })}
      table={{
        columns: [t('duplicates:sizes.title'), t('duplicates:customers')],
        rows: overview.sizes.map(({ records, customers }) => [
          nameOf(records),
          records > 1 ? (
            <Link key="list" to="/customers" search={{ duplicates: 'yes' }}>
              {format.number(customers)}
            </Link>
          ) : (
            format.number(customers)
          ),
        ]),
      }}
    />
  );
}
