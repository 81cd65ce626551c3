import { useTranslation } from 'react-i18next';
import { LOYALTY_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { ShareBar } from '../../ui/share-bar.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { Report } from './report.tsx';
import { behindReport } from './search.ts';

/** The seven types of who bought, each with what it brought. */
export function LoyaltyAnswer({ report }: { report: Report }) {
  const { loyalty } = report;
  const { t } = useTranslation();
  const format = useFormat();
  if (loyalty.types.length === 0) return null;
  return (
    <SimpleTable
      caption={t('report:question.loyalty')}
      rows={loyalty.types.toSorted((a, b) => b.customers - a.customers)}
      rowId={({ type }) => type}
      columns={[
        {
          id: 'type',
          header: t('report:type'),
          cell: ({ type }) => (
            <Link {...behindReport(report, { loyalty: type })} size="sm">
              {t(`value:loyalty.${type}`)}
            </Link>
          ),
        },
        {
          id: 'share',
          header: t('report:customers'),
          align: 'right',
          cell: ({ type, share }) => <ShareBar share={share} color={LOYALTY_COLORS[type] ?? '#7d848f'} />,
        },
        { id: 'revenue', header: t('report:revenue'), align: 'right', cell: ({ revenue }) => format.moneyRound(revenue) },
      ]}
    />
  );
}
