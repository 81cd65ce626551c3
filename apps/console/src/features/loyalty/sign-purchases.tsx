import type { LoyaltyPurchases } from '@vinculo/insight/api/loyalty';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Text, Title } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import type { Seen } from './sign-words.ts';

const AT_FIRST = 20;
const MOST = 1_000;

/** The purchases behind a sign. */
export function SignPurchases({ sign, customerId }: { sign: Seen['sign']; customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [limit, setLimit] = useState(AT_FIRST);
  const { data, error, refetch } = useGet<z.infer<typeof LoyaltyPurchases>>(
    `/customers/${customerId}/loyalty/purchases`,
    { sign, limit },
    { keep: true },
  );
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
        <>
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
          {data.total > data.items.length && (
            <Group gap="sm">
              <Text size="xs" c="dimmed">
                {t('loyalty:section.shown', { shown: format.number(data.items.length), total: format.number(data.total) })}
              </Text>
              {limit < MOST && (
                <Button variant="subtle" size="compact-sm" onClick={() => setLimit(MOST)}>
                  {t('common:more')}
                </Button>
              )}
            </Group>
          )}
        </>
      )}
    </section>
  );
}
