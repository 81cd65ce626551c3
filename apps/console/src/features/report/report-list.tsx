import type { ReportCustomer } from '@vinculo/insight/api/report';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconReportAnalytics } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { customerRows } from '../customers/customer-rows.ts';
import type { Report } from './report.tsx';
import { BEST, type ReportListSearch, WHO } from './search.ts';

/** Who is told of by the period alone, without the one before. */
const ALONE: ReadonlySet<string> = new Set(['buyers', 'below']);

type Row = z.infer<typeof ReportCustomer>;

/** The customers behind a figure of the six questions, of the same days and the same segment. */
export default function ReportList() {
  const { t } = useTranslation();
  const format = useFormat();
  const [words, change] = useWords<ReportListSearch>();
  const rows = usePage<Row>('/report/customers', words);
  const count = useGet<{ count: number }>('/report/customers/count', words, { keep: true });
  const { from, to, against, segment } = words;
  const report = useGet<Report>('/report', { from, to, against, segment });
  // A day of the calendar, whatever the zone: noon is on it everywhere.
  const day = (date: string) => format.date(`${date}T12:00:00Z`);
  const days = report.data && t('report:days', { from: day(report.data.from), to: day(report.data.to) });
  // Of a time of which no purchases are known nobody spent nothing: nothing is told of it.
  const compared = report.data?.volume.revenue.before !== null;
  const names = (shares: readonly { name: string }[] = []) => shares.map(({ name }) => ({ value: name, label: name }));

  const unknown = <span aria-label={t('common:unknown')}>–</span>;
  const columns: ListColumn<Row>[] = [
    { id: 'name', header: t('report:list.name'), width: 220, cell: (row) => row.name },
    { id: 'spend', header: t('report:revenue'), align: 'right', width: 120, cell: (row) => format.money(row.spend) },
    { id: 'orders', header: t('report:orders'), align: 'right', width: 100, cell: (row) => format.number(row.orders) },
    {
      id: 'spendBefore',
      header: t('report:list.spendBefore'),
      align: 'right',
      width: 130,
      cell: (row) => (compared ? format.money(row.spendBefore) : unknown),
    },
    {
      id: 'ordersBefore',
      header: t('report:list.ordersBefore'),
      align: 'right',
      width: 130,
      hidden: true,
      cell: (row) => (compared ? format.number(row.ordersBefore) : unknown),
    },
    {
      id: 'profit',
      header: t('report:profit'),
      definition: t('report:definition.profit'),
      align: 'right',
      width: 120,
      cell: (row) => (row.profit === null ? unknown : format.money(row.profit)),
    },
  ];

  return (
    <ListPage<Row>
      screen="report"
      title={days ? t('report:list.titleOf', { days, who: report.data?.segment?.name ?? t('report:everybody') }) : t('report:list.title')}
      count={count.data && { count: count.data.count, exact: true }}
      actions={
        <LinkButton to="/value/report" search={{ from, to, against, segment }} variant="default">
          {t('report:short')}
        </LinkButton>
      }
      columns={columns}
      rows={rows}
      {...customerRows}
      words={words}
      onWords={(next, options) => change(next as Partial<ReportListSearch>, options)}
      filters={[
        {
          word: 'who',
          label: t('report:list.who.label'),
          options: WHO.filter((value) => compared || ALONE.has(value)).map((value) => ({ value, label: t(`report:list.who.${value}`) })),
        },
        {
          word: 'best',
          label: t('report:best'),
          options: BEST.map((percent) => ({ value: String(percent), label: format.percent(percent / 100, 0) })),
        },
        {
          word: 'loyalty',
          label: t('report:type'),
          options: (report.data?.loyalty.types ?? []).map(({ type }) => ({ value: type, label: t(`value:loyalty.${type}`) })),
        },
        {
          word: 'years',
          label: t('report:years'),
          options: (['0', '1', '2', '3', '5'] as const).map((value) => ({ value, label: t(`report:bands.${value}`) })),
        },
        { word: 'province', label: t('report:province'), options: names(report.data?.normal.provinces) },
        { word: 'category', label: t('report:category'), options: names(report.data?.normal.categories) },
      ]}
      empty={
        <EmptyState icon={IconReportAnalytics} title={t('report:list.empty')}>
          {t('report:nobody.text')}
        </EmptyState>
      }
    />
  );
}
