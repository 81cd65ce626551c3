import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { behindProfit } from './search.ts';
import { type Profit, useTermWords } from './term-words.ts';

/** Why customers are below zero, the dearest reason first; each opens its customers. */
export function BelowZero({ below }: { below: Profit['belowZero'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reason } = useTermWords();
  if (below.customers === 0) return <Text size="sm">{t('profit:below.none')}</Text>;
  return (
    <Stack gap="sm">
      <SimpleTable
        caption={t('profit:below.title')}
        rows={below.reasons}
        rowId={(row) => row.reason}
        columns={[
          {
            id: 'reason',
            header: t('profit:below.reason'),
            definition: t('profit:definition.reason'),
            cell: (row) => reason(row),
          },
          {
            id: 'customers',
            header: t('profit:below.customers'),
            align: 'right',
            cell: (row) => (
              <Link {...behindProfit.reason(row.reason)} aria-label={`${reason(row)}: ${format.number(row.customers)}`}>
                {format.number(row.customers)}
              </Link>
            ),
          },
          { id: 'loss', header: t('profit:below.loss'), align: 'right', cell: (row) => format.moneyRound(row.loss) },
        ]}
      />
      <Link {...behindProfit.below()} size="sm">
        {t('profit:below.all', { many: format.number(below.customers) })}
      </Link>
    </Stack>
  );
}
