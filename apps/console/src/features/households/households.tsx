import type { HouseholdCount, HouseholdRow } from '@vinculo/customer-file/api/households';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconHomeHeart } from '../../ui/icons.ts';
import { Badge } from '../../ui/kit.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import type { HouseholdsSearch } from './search.ts';

type Row = z.infer<typeof HouseholdRow>;

/** Who lives together: a list over the customers, each of whom stays one. */
export default function Households() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [words, change] = useWords<HouseholdsSearch>();
  const rows = usePage<Row>('/households', words);
  const { sort: _order, ...filter } = words;
  const count = useGet<z.infer<typeof HouseholdCount>>('/households/count', filter, { keep: true });
  const provinces = useGet<{ items: { province: string; customers: number }[] }>('/customers/provinces');
  const nothing = <span aria-label={t('common:unknown')}>–</span>;

  const columns: ListColumn<Row>[] = [
    {
      id: 'name',
      header: t('households:column.name'),
      definition: t('households:definition'),
      width: 230,
      sort: 'name',
      cell: (row) => t('households:name', { surnames: row.surnames }),
    },
    {
      id: 'members',
      header: t('households:column.members'),
      width: 96,
      align: 'right',
      sort: '-members',
      cell: (row) => format.number(row.members),
    },
    {
      id: 'people',
      header: t('households:column.people'),
      width: 380,
      cell: (row) => {
        const more = row.members - row.people.length;
        const names = row.people.map(({ name }) => name).join(', ');
        return more > 0 ? `${names} ${t('households:andMore', { count: more })}` : names;
      },
    },
    { id: 'city', header: t('households:column.city'), width: 150, cell: (row) => row.city ?? nothing },
    ...(can('value.read')
      ? [
          {
            id: 'revenue',
            header: t('households:column.revenue'),
            definition: t('value:definition.revenue'),
            width: 120,
            align: 'right' as const,
            sort: '-revenue',
            cell: (row: Row) => (row.value ? format.moneyRound(row.value.revenue) : nothing),
          },
        ]
      : []),
    {
      id: 'confirmed',
      header: t('households:filter.confirmed'),
      width: 120,
      cell: (row) =>
        row.confirmed ? (
          <Badge variant="light" tt="none" fw={500}>
            {t('households:confirmedMark')}
          </Badge>
        ) : (
          nothing
        ),
    },
  ];

  return (
    <ListPage<Row>
      screen="households"
      title={t('households:title')}
      count={count.data}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => t('households:name', { surnames: row.surnames })}
      rowLink={(row) => ({ to: '/households/$id', params: { id: row.id } })}
      words={words}
      onWords={(next, options) => change(next as Partial<HouseholdsSearch>, options)}
      searchPlaceholder={t('households:searchPlaceholder')}
      filters={[
        {
          word: 'province',
          label: t('households:filter.province'),
          options: (provinces.data?.items ?? []).map(({ province }) => ({ value: province, label: province })),
        },
        {
          word: 'confirmed',
          label: t('households:filter.confirmed'),
          options: (['yes', 'no'] as const).map((value) => ({ value, label: t(`households:confirmed.${value}`) })),
        },
      ]}
      views
      empty={
        <EmptyState icon={IconHomeHeart} title={t('households:empty.title')}>
          {t('households:empty.text')}
        </EmptyState>
      }
    />
  );
}
