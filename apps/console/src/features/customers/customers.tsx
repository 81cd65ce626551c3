import type { CustomerCount, CustomerRow } from '@vinculo/customer-file/api/customers';
import type { Source } from '@vinculo/customer-file/api/imports';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { address } from '../../api/client.ts';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { DecileMark, GroupMark, StageMark, TierMark } from '../../ui/group-mark.tsx';
import { IconFileImport, IconUserPlus, IconUsers } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { type CustomersSearch, withoutWorth } from './search.ts';
import { useFilters } from './use-filters.ts';

type Row = z.infer<typeof CustomerRow>;

/** Only for who may see what customers are worth. */
const WORTH_COLUMNS = new Set([
  'revenue',
  'margin',
  'rfmGroup',
  'decile',
  'profit',
  'tier',
  'lifetimeValue',
  'stage',
  'churnRisk',
  'loyaltyType',
]);

export default function Customers() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [inUrl, change] = useWords<CustomersSearch>();
  const worth = can('value.read');
  const words = worth ? inUrl : withoutWorth(inUrl);
  const filters = useFilters(words);
  const rows = usePage<Row>('/customers', words);
  const { sort: _order, ...filter } = words;
  const count = useGet<z.infer<typeof CustomerCount>>('/customers/count', filter, { keep: true });
  const sources = useGet<{ items: z.infer<typeof Source>[] }>('/sources', {}, { enabled: can('source.read') });
  const labels = new Map(sources.data?.items.map((source) => [source.id, source.label]));
  const nothing = <span aria-label={t('common:unknown')}>–</span>;

  const all: ListColumn<Row>[] = [
    { id: 'name', header: t('customers:column.name'), width: 200, sort: 'name', cell: (row) => row.name },
    { id: 'email', header: t('customers:column.email'), width: 190, cell: (row) => row.email ?? nothing },
    { id: 'phone', header: t('customers:column.phone'), width: 130, cell: (row) => row.phone ?? nothing },
    { id: 'city', header: t('customers:column.city'), width: 130, cell: (row) => row.city ?? nothing },
    { id: 'province', header: t('customers:column.province'), width: 120, hidden: true, cell: (row) => row.province ?? nothing },
    {
      id: 'revenue',
      header: t('customers:column.revenue'),
      definition: t('value:definition.revenue'),
      width: 110,
      align: 'right',
      sort: '-revenue',
      cell: (row) => (row.score?.revenue == null ? nothing : format.moneyRound(row.score.revenue)),
    },
    {
      id: 'margin',
      header: t('customers:column.margin'),
      definition: t('value:definition.margin'),
      width: 110,
      align: 'right',
      hidden: true,
      cell: (row) => (row.score?.margin == null ? nothing : format.moneyRound(row.score.margin)),
    },
    {
      id: 'orders',
      header: t('customers:column.orders'),
      definition: t('value:definition.orders'),
      width: 96,
      align: 'right',
      sort: '-orders',
      cell: (row) => (row.score ? format.number(row.score.orders) : nothing),
    },
    {
      id: 'lastPurchaseAt',
      header: t('customers:column.lastPurchase'),
      width: 130,
      align: 'right',
      sort: '-last_purchase',
      cell: (row) => (row.score ? format.date(row.score.lastPurchaseAt) : nothing),
    },
    {
      id: 'rfmGroup',
      header: t('customers:column.group'),
      definition: t('value:definition.group'),
      width: 140,
      cell: (row) => (row.score?.rfmGroup ? <GroupMark group={row.score.rfmGroup} /> : nothing),
    },
    {
      id: 'decile',
      header: t('customers:column.decile'),
      definition: t('value:definition.decile'),
      width: 110,
      hidden: true,
      cell: (row) => (row.score?.decile ? <DecileMark decile={row.score.decile} /> : nothing),
    },
    {
      id: 'profit',
      header: t('customers:column.profit'),
      definition: t('value:definition.profit'),
      width: 120,
      align: 'right',
      hidden: true,
      sort: '-profit',
      cell: (row) => (row.score?.profit == null ? nothing : format.moneyRound(row.score.profit)),
    },
    {
      id: 'tier',
      header: t('customers:column.tier'),
      definition: t('value:definition.tier'),
      width: 130,
      hidden: true,
      cell: (row) => (row.score?.tier ? <TierMark tier={row.score.tier} /> : nothing),
    },
    {
      id: 'lifetimeValue',
      header: t('customers:column.lifetimeValue'),
      definition: t('value:definition.lifetimeValue'),
      width: 120,
      align: 'right',
      hidden: true,
      sort: '-lifetime_value',
      cell: (row) => (row.score?.lifetimeValue == null ? nothing : format.moneyRound(row.score.lifetimeValue)),
    },
    {
      id: 'stage',
      header: t('customers:column.stage'),
      definition: t('value:definition.stage'),
      width: 120,
      hidden: true,
      cell: (row) => (row.score?.stage ? <StageMark stage={row.score.stage} /> : nothing),
    },
    {
      id: 'churnRisk',
      header: t('customers:column.churnRisk'),
      definition: t('value:definition.churnRisk'),
      width: 120,
      align: 'right',
      hidden: true,
      sort: '-churn_risk',
      cell: (row) => (row.score?.churnRisk == null ? nothing : format.percent(row.score.churnRisk)),
    },
    {
      id: 'loyaltyType',
      header: t('customers:column.loyaltyType'),
      definition: t('value:definition.loyaltyType'),
      width: 130,
      hidden: true,
      cell: (row) => (row.score?.loyaltyType ? t(`value:loyalty.${row.score.loyaltyType}`) : nothing),
    },
    {
      id: 'records',
      header: t('customers:column.records'),
      definition: t('customers:definition.records'),
      width: 96,
      align: 'right',
      hidden: true,
      cell: (row) => format.number(row.records),
    },
    {
      id: 'sources',
      header: t('customers:column.sources'),
      width: 180,
      hidden: true,
      cell: (row) =>
        row.sources
          .map((source) => labels.get(source) ?? '')
          .filter(Boolean)
          .join(', ') || nothing,
    },
    {
      id: 'changedAt',
      header: t('customers:column.changed'),
      width: 130,
      align: 'right',
      sort: '-changed',
      hidden: true,
      cell: (row) => format.date(row.changedAt),
    },
  ];

  const columns = worth ? all : all.filter(({ id }) => !WORTH_COLUMNS.has(id));

  return (
    <ListPage<Row>
      screen="customers"
      title={t(words.kind === 'company' ? 'nav:companies' : 'nav:customers')}
      count={count.data}
      actions={
        can('customer.write') &&
        can('customer.read_personal') && (
          <LinkButton to="/customers/new" leftSection={<IconUserPlus size={16} />}>
            {t('customers:entry.new')}
          </LinkButton>
        )
      }
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      rowLink={(row) => ({ to: '/customers/$id', params: { id: row.id } })}
      words={words}
      onWords={(next, options) => change(next as Partial<CustomersSearch>, options)}
      searchPlaceholder={t('customers:searchPlaceholder')}
      filters={filters}
      views
      download={{
        permission: 'customer.export',
        formats: ['csv', 'jsonl'],
        href: (kind, shown) => address('/customers/export', { ...filter, format: kind, columns: ['id', 'kind', ...shown].join(',') }),
      }}
      empty={
        <EmptyState
          icon={IconUsers}
          title={t('customers:empty.title')}
          action={
            can('import.run') && (
              <LinkButton to="/imports/new" leftSection={<IconFileImport size={16} />}>
                {t('customers:empty.action')}
              </LinkButton>
            )
          }
        >
          {t('customers:empty.text')}
        </EmptyState>
      }
    />
  );
}
