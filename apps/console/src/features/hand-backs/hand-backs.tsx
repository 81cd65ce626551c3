import { useTranslation } from 'react-i18next';
import { usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconPlus, IconTruckDelivery } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { useScheduleWords } from '../connections/schedule-words.ts';
import { RunBadge } from './run-badge.tsx';
import type { HandBack } from './schemas.ts';
import type { HandBacksSearch } from './search.ts';
import { useTargetWords } from './target-words.ts';

/** Lists of customers that other systems get, with ids and scores. */
export default function HandBacks() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const schedule = useScheduleWords();
  const where = useTargetWords();
  const [words, change] = useWords<HandBacksSearch>();
  const rows = usePage<HandBack>('/hand-backs', words, { every: 5_000 });
  const add = can(['connection.write', 'customer.read']) && (
    <LinkButton to="/hand-backs/new" leftSection={<IconPlus size={16} />}>
      {t('handback:new')}
    </LinkButton>
  );
  return (
    <ListPage<HandBack>
      screen="hand-backs"
      title={t('nav:handBacks')}
      actions={add}
      rows={rows}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => ({ to: '/hand-backs/$id', params: { id } })}
      words={words}
      onWords={change as never}
      searchPlaceholder={t('handback:search')}
      filters={[
        {
          word: 'state',
          label: t('handback:column.state'),
          options: (['on', 'paused'] as const).map((state) => ({ value: state, label: t(`handback:state.${state}`) })),
        },
      ]}
      columns={[
        { id: 'name', header: t('handback:column.name'), width: 220, cell: ({ name }) => name },
        { id: 'where', header: t('handback:column.where'), width: 206, cell: ({ target }) => where(target) },
        {
          id: 'when',
          header: t('handback:column.when'),
          width: 190,
          cell: (row) => (row.state === 'paused' ? t('handback:state.paused') : schedule.schedule(row.schedule)),
        },
        {
          id: 'last',
          header: t('handback:column.last'),
          width: 150,
          cell: ({ lastRun }) => (lastRun ? <RunBadge state={lastRun.state} /> : t('handback:never')),
        },
        {
          id: 'lastAt',
          header: t('handback:column.lastAt'),
          width: 140,
          align: 'right',
          cell: ({ lastRun }) => (lastRun ? format.relative(lastRun.startedAt) : ''),
        },
        {
          id: 'written',
          header: t('handback:column.written'),
          width: 130,
          align: 'right',
          cell: ({ lastRun }) => (lastRun?.state === 'done' ? format.number(lastRun.written) : ''),
        },
        {
          id: 'next',
          header: t('handback:column.next'),
          width: 140,
          align: 'right',
          cell: ({ nextAt }) => (nextAt ? format.relative(nextAt) : ''),
        },
      ]}
      empty={
        <EmptyState icon={IconTruckDelivery} title={t('handback:empty.title')} action={add}>
          {t('handback:empty.text')}
        </EmptyState>
      }
    />
  );
}
