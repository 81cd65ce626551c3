import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { TierMark } from '../../ui/group-mark.tsx';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { Report } from './report.tsx';

/** Who is worth most, who has room to grow, who costs more than they bring. */
export function Tiers({ report: { tiers, segment } }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = (value: number | null) => (value === null ? '–' : format.moneyRound(value));
  return (
    <SimpleTable
      caption={t('customers:column.tier')}
      rows={tiers}
      rowId={({ tier }) => tier}
      columns={[
        {
          id: 'tier',
          header: t('report:tier'),
          cell: ({ tier }) => (
            <Link
              to="/customers"
              search={{ tier, ...(segment && { segment: segment.id }), sort: tier === 'below_zero' ? 'profit' : '-revenue' }}
              plain
            >
              <TierMark tier={tier} />
            </Link>
          ),
        },
        { id: 'customers', header: t('report:customers'), align: 'right', cell: ({ customers }) => format.number(customers) },
        {
          id: 'revenue',
          header: t('report:revenue'),
          definition: t('value:definition.revenue'),
          align: 'right',
          cell: ({ revenue }) => money(revenue),
        },
        {
          id: 'profit',
          header: t('report:profit'),
          definition: t('value:definition.profit'),
          align: 'right',
          cell: ({ profit }) => money(profit),
        },
        {
          id: 'lifetime',
          header: t('report:lifetimeValue'),
          definition: t('value:definition.lifetimeValue'),
          align: 'right',
          cell: ({ lifetimeValue }) => money(lifetimeValue),
        },
        {
          id: 'potential',
          header: t('report:potential'),
          definition: t('report:definition.potential'),
          align: 'right',
          cell: ({ potential }) => money(potential),
        },
      ]}
    />
  );
}
