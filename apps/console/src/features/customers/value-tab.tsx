import type { CustomerValue } from '@vinculo/customer-file/api/customers';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { Chart } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { DecileMark, GroupMark } from '../../ui/group-mark.tsx';
import { Button, SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';
import { ForecastSection } from '../forecast/forecast-section.tsx';
import { LoyaltySection } from '../loyalty/loyalty-section.tsx';
import { NeedsSection } from '../needs/needs-section.tsx';
import { ProfitSection } from '../profit/profit-section.tsx';
import { LifeCycleSection } from '../life-cycle/life-cycle-section.tsx';
import { TierSection } from '../report/tier-section.tsx';
import type { Customer } from './customer.tsx';
import type { CustomerSearch } from './search.ts';

/** What the customer brings, and the purchases behind it. */
export function ValueTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, change] = useWords<CustomerSearch>();
  const { data, error, refetch } = useGet<z.infer<typeof CustomerValue>>(`/customers/${customer.id}/value`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <BlockSkeleton height={360} />;
  const { score, byMonth, byCategory, byChannel } = data;
  if (!score) {
    return (
      <Stack gap="xl">
        <EmptyState title={t('customers:noPurchases')}>{t('customers:value.empty')}</EmptyState>
        <ProfitSection customerId={customer.id} />
      </Stack>
    );
  }

  return (
    <Stack gap="xl">
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg">
        <Figure
          label={t('customers:column.revenue')}
          value={format.moneyRound(score.revenue)}
          definition={t('value:definition.revenue')}
          note={<DecileMark decile={score.decile} />}
        />
        <Figure
          label={t('customers:column.margin')}
          value={score.margin === null ? '–' : format.moneyRound(score.margin)}
          definition={t('value:definition.margin')}
        />
        <Figure
          label={t('customers:column.orders')}
          value={format.number(score.orders)}
          definition={t('value:definition.orders')}
          note={score.averageOrder === null ? undefined : t('customers:value.average', { amount: format.money(score.averageOrder) })}
        />
        <Figure
          label={t('customers:column.group')}
          value={<GroupMark group={score.rfmGroup} />}
          definition={t('value:definition.group')}
          aside={
            <Why about={t('customers:column.group')}>
              <Text size="sm">
                {t('customers:why.group', {
                  group: t(`value:group.${score.rfmGroup}`),
                  recency: score.recency,
                  frequency: score.frequency,
                  monetary: score.monetary,
                })}
              </Text>
            </Why>
          }
        />
        <Figure label={t('customers:value.first')} value={format.date(score.firstPurchaseAt)} />
        <Figure
          label={t('customers:column.lastPurchase')}
          value={format.date(score.lastPurchaseAt)}
          note={format.relative(score.lastPurchaseAt)}
        />
        <Figure label={t('customers:value.returned')} value={format.money(score.returned)} definition={t('value:definition.returned')} />
        <Figure
          label={t('customers:value.discountShare')}
          value={format.percent(score.discountShare)}
          definition={t('value:definition.discountShare')}
        />
      </SimpleGrid>
      <Chart
        caption={t('customers:value.byMonth')}
        option={{
          grid: { left: 8, right: 8, top: 32, bottom: 8, containLabel: true },
          legend: { top: 0, left: 0 },
          tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.money(value) },
          xAxis: { type: 'category', data: byMonth.map(({ month }) => format.month(month)) },
          yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.moneyShort(value) } },
          series: [
            {
              type: 'bar',
              name: t('customers:column.revenue'),
              data: byMonth.map(({ revenue }) => revenue),
              itemStyle: { color: SERIES_COLORS[0] },
            },
            {
              type: 'line',
              name: t('customers:column.margin'),
              data: byMonth.map(({ margin }) => margin),
              itemStyle: { color: SERIES_COLORS[1] },
              symbol: 'none',
            },
          ],
        }}
        table={{
          columns: [t('customers:value.month'), t('customers:column.revenue'), t('customers:column.margin'), t('customers:column.orders')],
          rows: byMonth.map(({ month, revenue, margin, orders }) => [
            format.month(month),
            format.money(revenue),
            margin === null ? '–' : format.money(margin),
            format.number(orders),
          ]),
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        <Chart
          caption={t('customers:value.byCategory')}
          height={Math.max(160, byCategory.length * 28)}
          option={{
            grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
            tooltip: { trigger: 'item', valueFormatter: (value: number) => format.money(value) },
            xAxis: { type: 'value', show: false },
            yAxis: { type: 'category', inverse: true, data: byCategory.map(({ category }) => category || t('common:unknown')) },
            series: [
              {
                type: 'bar',
                data: byCategory.map(({ revenue }) => revenue),
                itemStyle: { color: SERIES_COLORS[0] },
                label: {
                  show: true,
                  position: 'right',
                  formatter: ({ dataIndex }: { dataIndex: number }) => format.percent(byCategory[dataIndex]!.share),
                },
              },
            ],
          }}
          table={{
            columns: [t('customers:value.category'), t('customers:column.revenue'), t('customers:value.share')],
            rows: byCategory.map(({ category, revenue, share }) => [
              category || t('common:unknown'),
              format.money(revenue),
              format.percent(share),
            ]),
          }}
        />
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {t('customers:value.byChannel')}
          </Text>
          {byChannel.map(({ channel, revenue, orders }) => (
            <Text size="sm" key={channel}>
              {channel ? t(`customers:channel.${channel}`, { defaultValue: channel }) : t('common:unknown')}: {format.money(revenue)},{' '}
              {t('customers:orders', { count: orders })}
            </Text>
          ))}
          <Button
            variant="subtle"
            style={{ alignSelf: 'flex-start' }}
            px={0}
            onClick={() => change({ tab: 'activity', kinds: 'purchase' })}
          >
            {t('customers:value.purchases')}
          </Button>
        </Stack>
      </SimpleGrid>
      <TierSection customerId={customer.id} />
      <ProfitSection customerId={customer.id} />
      <ForecastSection customerId={customer.id} />
      <LifeCycleSection customerId={customer.id} />
      <LoyaltySection customerId={customer.id} />
      <NeedsSection customerId={customer.id} />
    </Stack>
  );
}
