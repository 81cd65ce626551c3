import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { ShareBar } from '../../ui/share-bar.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { Report } from './report.tsx';
import { behindReport } from './search.ts';

/** What the customer in the middle does, and what most of them have in common. */
export function NormalAnswer({ report }: { report: Report }) {
  const { normal } = report;
  const { t } = useTranslation();
  const format = useFormat();
  const spreads = [
    { id: 'spend', of: normal.spend, write: (value: number) => format.moneyRound(value) },
    { id: 'orders', of: normal.orders, write: (value: number) => format.number(value) },
    { id: 'averageOrder', of: normal.averageOrder, write: (value: number) => format.money(value) },
  ];
  return (
    <Stack gap="md">
      <SimpleTable
        caption={t('report:question.normal')}
        rows={spreads}
        rowId={({ id }) => id}
        columns={[
          { id: 'what', header: '', cell: ({ id }) => t(`report:${id}`) },
          ...(['low', 'middle', 'high'] as const).map((place) => ({
            id: place,
            header: t(`report:${place}`),
            ...(place === 'middle' ? { definition: t('report:definition.spend') } : {}),
            align: 'right' as const,
            cell: ({ of, write }: (typeof spreads)[number]) => write(of[place]),
          })),
        ]}
      />
      {normal.categories.length > 0 && (
        <SimpleTable
          caption={t('report:category')}
          rows={normal.categories.slice(0, 5)}
          rowId={({ name }) => name}
          columns={[
            {
              id: 'name',
              header: t('report:category'),
              cell: ({ name }) => (
                <Link {...behindReport(report, { category: name })} size="sm">
                  {name}
                </Link>
              ),
            },
            { id: 'customers', header: t('report:customers'), align: 'right', cell: ({ share }) => format.percent(share) },
            {
              id: 'share',
              header: t('report:revenueShare'),
              align: 'right',
              cell: ({ revenueShare }) => <ShareBar share={revenueShare} />,
            },
          ]}
        />
      )}
      {normal.provinces.length > 0 && (
        <Text size="sm" c="dimmed" component="div">
          {t('report:province')}:{' '}
          {normal.provinces.map(({ name, share }, n) => (
            <span key={name}>
              {n > 0 && ' · '}
              <Link {...behindReport(report, { province: name })} size="sm">
                {name}
              </Link>{' '}
              {format.percent(share)}
            </span>
          ))}
        </Text>
      )}
    </Stack>
  );
}
