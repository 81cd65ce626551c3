import type { LoyaltyOverview } from '@vinculo/insight/api/loyalty';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { loyaltyColor } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { LoyaltyMark } from '../../ui/group-mark.tsx';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { ShareBar } from '../../ui/share-bar.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { behind } from './behind.ts';
import { MixBar } from './mix-bar.tsx';

type Overview = z.infer<typeof LoyaltyOverview>;

/** How many come back for each reason, what they bring, how sure that is, and what changed. */
export function Types({ now, before }: { now: NonNullable<Overview['now']>; before: Overview['before'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const revenue = now.types.reduce((total, type) => total + type.revenue, 0);
  const change = (type: string, share: number) => {
    const earlier = before?.types.find((one) => one.type === type);
    return before && before.customers > 0 ? share - (earlier?.customers ?? 0) / before.customers : undefined;
  };
  return (
    <>
      <MixBar cells={now.types} />
      <SimpleTable
        caption={t('loyalty:types.title')}
        rows={now.types}
        rowId={({ type }) => type}
        columns={[
          {
            id: 'type',
            header: t('loyalty:types.type'),
            cell: ({ type }) => (
              <>
                <LoyaltyMark type={type} />
                <Text size="xs" c="dimmed">
                  {t(`loyalty:meaning.${type}`)}
                </Text>
              </>
            ),
          },
          {
            id: 'customers',
            header: t('loyalty:types.customers'),
            definition: t('loyalty:definition.customers'),
            align: 'right',
            cell: ({ type, customers }) => (customers ? <Link {...behind.type(type)}>{format.number(customers)}</Link> : format.number(0)),
          },
          {
            id: 'share',
            header: t('loyalty:types.share'),
            definition: t('loyalty:definition.share'),
            align: 'right',
            cell: ({ type, customers }) => <ShareBar share={customers / now.customers} color={loyaltyColor(type)} />,
          },
          ...(before
            ? [
                {
                  id: 'change',
                  header: t('loyalty:types.change'),
                  definition: t('loyalty:definition.change'),
                  align: 'right' as const,
                  cell: ({ type, customers }: { type: string; customers: number }) =>
                    format.change(change(type, customers / now.customers) ?? 0),
                },
              ]
            : []),
          {
            id: 'revenue',
            header: t('loyalty:types.revenue'),
            definition: t('loyalty:definition.revenue'),
            align: 'right',
            cell: ({ revenue: brought }) => format.moneyRound(brought),
          },
          {
            id: 'revenueShare',
            header: t('loyalty:types.revenueShare'),
            definition: t('loyalty:definition.revenueShare'),
            align: 'right',
            cell: ({ revenue: brought }) => format.percent(revenue ? brought / revenue : 0),
          },
          {
            id: 'sure',
            header: t('loyalty:types.sure'),
            definition: t('loyalty:definition.sure'),
            align: 'right',
            cell: ({ type, customers, probability }) => (customers && type !== 'unknown' ? format.percent(probability, 0) : '–'),
          },
        ]}
      />
      <Text size="xs" c="dimmed">
        {before ? t('loyalty:types.compared', { date: format.date(before.computedAt) }) : t('loyalty:types.notCompared')}
      </Text>
    </>
  );
}
