import type { Members } from '@vinculo/insight/api/life-cycle';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { customerRows } from '../customers/customer-rows.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Row, useCustomerColumns } from './customer-columns.tsx';
import type { LifeCycleCustomersSearch } from './search.ts';

/** The customers behind a cell of the cohorts, a move between stages, or a month's losses. */
export default function LifeCycleCustomers() {
  const { t } = useTranslation();
  const format = useFormat();
  const [words, change] = useWords<LifeCycleCustomersSearch>();
  const rows = usePage<Row>('/life-cycle/members', words);
  const count = useGet<z.infer<typeof Members>>('/life-cycle/members', { ...words, limit: 1 }, { keep: true });
  const columns = useCustomerColumns();
  const { cohort, since, before, after, lostIn } = words;
  const title = cohort
    ? t(since === undefined ? 'lifecycle:list.cohort' : 'lifecycle:list.cell', {
        cohort: cohort.includes('Q')
          ? t('lifecycle:cohorts.quarter', { quarter: cohort.slice(6), year: cohort.slice(0, 4) })
          : format.month(cohort),
        since: t('lifecycle:cohorts.since', { count: since ?? 0 }),
      })
    : lostIn
      ? t('lifecycle:list.lostIn', { month: format.month(lostIn) })
      : before && after
        ? t('lifecycle:list.move', { before: t(`value:stage.${before}`), after: t(`value:stage.${after}`) })
        : t('lifecycle:list.all');
  return (
    <ListPage<Row>
      screen="life-cycle-customers"
      title={title}
      count={count.data ? { count: count.data.count, exact: true } : undefined}
      actions={
        <LinkButton to="/life-cycle" search={cohort ? { tab: 'cohorts' } : {}} variant="default">
          {t('nav:lifeCycle')}
        </LinkButton>
      }
      columns={columns}
      rows={rows}
      {...customerRows}
      words={words as Record<string, string | number | undefined>}
      onWords={(next, options) => change(next as Partial<LifeCycleCustomersSearch>, options)}
      empty={<EmptyState title={t('lifecycle:list.empty')}>{t('lifecycle:list.emptyText')}</EmptyState>}
    />
  );
}
