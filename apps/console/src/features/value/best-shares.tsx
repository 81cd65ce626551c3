import type { BestShare } from '@vinculo/insight/api/value';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { ShareBar } from '../../ui/share-bar.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { behind } from './search-targets.ts';

type Best = z.infer<typeof BestShare>;

/** What the best 1, 5, 10 and 20 % of buyers bring. */
export function BestShares({ best }: { best: Best[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const withMargin = best.some(({ marginShare }) => marginShare !== null);
  return (
    <SimpleTable
      caption={t('value:best.title')}
      rows={best}
      rowId={({ percent }) => String(percent)}
      columns={[
        { id: 'percent', header: t('value:best.who'), cell: ({ percent }) => t('value:best.percent', { percent: format.number(percent) }) },
        {
          id: 'customers',
          header: t('value:customers'),
          align: 'right',
          cell: ({ percent, customers }) => <Link {...behind.best(percent)}>{format.number(customers)}</Link>,
        },
        {
          id: 'revenue',
          header: t('value:best.revenue'),
          definition: t('value:definition.bestShare'),
          align: 'right',
          cell: ({ revenueShare }) => <ShareBar share={revenueShare} />,
        },
        ...(withMargin
          ? [
              {
                id: 'margin',
                header: t('value:best.margin'),
                definition: t('value:definition.bestMargin'),
                align: 'right' as const,
                cell: ({ marginShare }: Best) => (marginShare === null ? '' : <ShareBar share={marginShare} />),
              },
            ]
          : []),
      ]}
    />
  );
}
