import type { ProfitCustomer } from '@vinculo/insight/api/profit';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconCoins } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { customerRows } from '../customers/customer-rows.ts';
import type { ProfitListSearch } from './search.ts';
import { type Profit, useTermWords } from './term-words.ts';

type Row = z.infer<typeof ProfitCustomer>;

/** Customers by what they leave, those who never bought among them: the list behind every figure of profit. */
export default function ProfitList() {
  const { t } = useTranslation();
  const format = useFormat();
  const { reason } = useTermWords();
  const [words, change] = useWords<ProfitListSearch>();
  const rows = usePage<Row>('/profit/customers', words);
  const { order: _order, ...filter } = words;
  const count = useGet<{ count: number }>('/profit/customers/count', filter, { keep: true });
  const overview = useGet<Profit>('/profit');
  const unknown = <span aria-label={t('common:unknown')}>–</span>;
  const money = (amount: number | null) => (amount === null ? unknown : format.money(amount));

  const columns: ListColumn<Row>[] = [
    { id: 'name', header: t('profit:list.name'), width: 210, cell: (row) => row.name },
    {
      id: 'profit',
      header: t('profit:profit'),
      definition: t('profit:definition.profit'),
      align: 'right',
      width: 110,
      cell: (row) => money(row.profit),
    },
    { id: 'revenue', header: t('profit:revenue'), align: 'right', width: 110, cell: (row) => format.money(row.revenue) },
    {
      id: 'margin',
      header: t('profit:margin'),
      definition: t('profit:definition.margin'),
      align: 'right',
      width: 110,
      cell: (row) => money(row.margin),
    },
    {
      id: 'income',
      header: t('profit:income'),
      definition: t('profit:definition.income'),
      align: 'right',
      width: 150,
      hidden: true,
      cell: (row) => format.money(row.income),
    },
    {
      id: 'cost',
      header: t('profit:costToServe'),
      definition: t('profit:definition.costToServe'),
      align: 'right',
      width: 120,
      cell: (row) => format.money(row.costToServe),
    },
    {
      id: 'reason',
      header: t('profit:list.reason'),
      definition: t('profit:definition.reason'),
      width: 260,
      cell: (row) => row.reason && reason(row.reason),
    },
  ];

  return (
    <ListPage<Row>
      screen="profit"
      title={t('profit:list.title')}
      count={count.data && { count: count.data.count, exact: true }}
      actions={
        <LinkButton to="/value/profit" variant="default">
          {t('profit:title')}
        </LinkButton>
      }
      columns={columns}
      rows={rows}
      {...customerRows}
      words={words}
      onWords={(next, options) => change(next as Partial<ProfitListSearch>, options)}
      filters={[
        {
          word: 'order',
          label: t('profit:list.order.label'),
          options: (['worst', 'best'] as const).map((value) => ({ value, label: t(`profit:list.order.${value}`) })),
        },
        {
          word: 'which',
          label: t('profit:list.which.label'),
          options: (['below', 'above', 'unknown'] as const).map((value) => ({ value, label: t(`profit:list.which.${value}`) })),
        },
        {
          word: 'reason',
          label: t('profit:list.reasonFilter'),
          options: (overview.data?.belowZero.reasons ?? []).map((one) => ({ value: one.reason, label: reason(one) })),
        },
        {
          word: 'decile',
          label: t('profit:list.decile'),
          options: Array.from({ length: 10 }, (_, n) => ({
            value: String(n + 1),
            label: t('profit:list.decileOption', { decile: n + 1 }),
          })),
        },
        {
          word: 'basis',
          label: t('profit:list.basis'),
          more: true,
          options: (['cost', 'category', 'company'] as const).map((value) => ({ value, label: t(`profit:basis.${value}`) })),
        },
      ]}
      empty={
        <EmptyState icon={IconCoins} title={t('profit:list.empty')}>
          {t('profit:list.emptyText')}
        </EmptyState>
      }
    />
  );
}
