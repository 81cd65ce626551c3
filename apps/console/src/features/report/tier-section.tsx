import type { CustomerTier } from '@vinculo/insight/api/tiers';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useFormat } from '../../ui/format.ts';
import { TierMark } from '../../ui/group-mark.tsx';
import { Group, Stack, Text, Title } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';

/** The value tier of a customer in sentences, and in which categories there is room to grow. */
export function TierSection({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useGet<{ tier: z.infer<typeof CustomerTier> | null }>(`/customers/${customerId}/tier`);
  const tier = data?.tier;
  if (!tier) return null;
  const money = (value: number) => format.moneyRound(value, tier.currency);
  return (
    <Stack gap="xs" component="section" aria-label={t('report:tierSection.title')}>
      <Group gap="sm">
        <Title order={2}>{t('report:tierSection.title')}</Title>
        <TierMark tier={tier.tier} />
      </Group>
      <Text size="sm">
        {t('report:tierSection.place', {
          place: format.number(tier.place),
          buyers: format.number(tier.buyers),
          basis: t(`report:tierSection.basis.${tier.basis}`),
          worth: money(tier.worth),
        })}{' '}
        {tier.profit !== null && tier.profit < 0 && t('report:tierSection.below', { loss: money(-tier.profit) })}{' '}
        {tier.potential === null
          ? t('report:tierSection.few')
          : tier.potential > 0
            ? t('report:tierSection.wallet', {
                spent: money(tier.spent),
                potential: money(tier.potential),
                share: format.percent(tier.wallet ?? 0),
              })
            : t('report:tierSection.none')}
      </Text>
      {tier.missing.length > 0 && (
        <>
          <Text size="sm" c="dimmed">
            {t('report:tierSection.missing')}: {t('report:tierSection.alike', { count: tier.alike })}
          </Text>
          <SimpleTable
            caption={t('report:tierSection.missing')}
            rows={tier.missing}
            rowId={({ category }) => category}
            columns={[
              { id: 'category', header: t('report:category'), cell: ({ category }) => category },
              { id: 'typical', header: t('report:tierSection.typical'), align: 'right', cell: ({ typical }) => money(typical) },
              { id: 'own', header: t('report:tierSection.own'), align: 'right', cell: ({ own }) => money(own) },
            ]}
          />
        </>
      )}
    </Stack>
  );
}
