import type { LoyaltyPurchases } from '@vinculo/insight/api/loyalty';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Text, Title } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import type { Seen } from './sign-words.ts';

/** The purchases behind a sign. */
export function SignPurchases({ sign, customerId }: { sign: Seen['sign']; customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<z.infer<typeof LoyaltyPurchases>>(`/customers/${customerId}/loyalty/purchases`, { sign });
  const title = `${t('loyalty:section.purchases')}: ${t(`loyalty:sign.${sign}`)}`;
  return (
    <section aria-label={title}>
      <Title order={3}>{title}</Title>
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons rows={5} height={32} />
      ) : data.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('loyalty:section.noPurchases')}
        </Text>
      ) : (
        <SimpleTable
          caption={title}
          rows={data.items.map((item, row) => ({ ...item, row }))}
          rowId={({ row }) => String(row)}
          columns={[
            { id: 'at', header: t('loyalty:section.when'), cell: ({ at }) => format.date(at) },
            {
              id: 'product',
              header: t('loyalty:section.product'),
              cell: ({ product, category }) => (
                <>
                  {product || '–'}
                  {category && (
                    <Text size="xs" c="dimmed">
                      {category}
                    </Text>
                  )}
                </>
              ),
            },
            { id: 'amount', header: t('loyalty:section.amount'), align: 'right', cell: ({ amount }) => format.money(amount) },
            {
              id: 'usual',
              header: t('loyalty:section.usualPrice'),
              align: 'right',
              cell: ({ usual }) => (usual === null ? '–' : format.money(usual)),
            },
            {
              id: 'discount',
              header: t('loyalty:section.discount'),
              align: 'right',
              cell: ({ discount }) => (discount ? format.money(discount) : '–'),
            },
            {
              id: 'coupon',
              header: t('loyalty:section.coupon'),
              align: 'right',
              cell: ({ coupon }) => (coupon ? format.money(coupon) : '–'),
            },
            {
              id: 'store',
              header: t('loyalty:section.store'),
              cell: ({ store, channel }) => store || (channel ? t(`customers:channel.${channel}`, { defaultValue: channel }) : '–'),
            },
          ]}
        />
      )}
    </section>
  );
}
