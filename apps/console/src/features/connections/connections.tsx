import { useTranslation } from 'react-i18next';
import { usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconPlugConnected } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { useImportWords } from '../imports/import-words.ts';
import { useSources } from '../sources/use-sources.ts';
import { ConnectionState } from './connection-state.tsx';
import { useScheduleWords } from './schedule-words.ts';
import type { Connection } from './schemas.ts';
import type { ConnectionsSearch } from './search.ts';

const SETTLED_MS = 15_000;
const LIVELY_MS = 2_000;

/** What brings data by itself: from where, how it goes, when it went and will go. */
export default function Connections() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const words = useImportWords();
  const { schedule } = useScheduleWords();
  const [search, change] = useWords<ConnectionsSearch>();
  const sources = useSources();
  const query = { search: search.search, source: search.source };
  const quiet = usePage<Connection>('/connections', query, { every: SETTLED_MS });
  const running = quiet.rows.some(({ state }) => state === 'running');
  // While something runs the list is read often, otherwise now and then.
  const lively = usePage<Connection>('/connections', query, { enabled: running, every: LIVELY_MS });
  const rows = running ? lively : quiet;

  const add = can(['connection.write', 'import.run']) && (
    <LinkButton to="/connections/new" leftSection={<IconPlugConnected size={16} />}>
      {t('connections:list.new')}
    </LinkButton>
  );
  return (
    <ListPage<Connection>
      screen="connections"
      title={t('nav:connections')}
      actions={(rows.rows.length > 0 || search.search) && add}
      rows={rows}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => ({ to: '/connections/$id', params: { id } })}
      words={search}
      onWords={(next, options) => change(next as Partial<ConnectionsSearch>, options)}
      searchPlaceholder={t('connections:list.search')}
      filters={[
        {
          word: 'source',
          label: t('connections:list.column.source'),
          options: (sources.data?.items ?? []).map(({ id, label }) => ({ value: id, label })),
        },
      ]}
      empty={
        <EmptyState icon={IconPlugConnected} title={t('connections:list.empty.title')} action={add}>
          {t('connections:list.empty.text')}
        </EmptyState>
      }
      columns={[
        { id: 'name', header: t('connections:list.column.name'), width: 170, cell: ({ name }) => name },
        { id: 'state', header: t('connections:list.column.state'), width: 130, cell: ({ state }) => <ConnectionState state={state} /> },
        {
          id: 'place',
          header: t('connections:list.column.place'),
          width: 176,
          cell: ({ kind, place }) => <span title={place}>{`${t(`connections:kind.${kind}.name`)} · ${place}`}</span>,
        },
        { id: 'source', header: t('connections:list.column.source'), width: 120, cell: ({ sourceLabel }) => sourceLabel },
        { id: 'importKind', header: t('connections:list.column.importKind'), width: 116, cell: ({ importKind }) => words.kind(importKind) },
        {
          id: 'lastRun',
          header: t('connections:list.column.lastRun'),
          width: 120,
          align: 'right',
          cell: ({ lastRun }) =>
            lastRun ? <span title={format.dateTime(lastRun.startedAt)}>{format.relative(lastRun.startedAt)}</span> : t('connections:never'),
        },
        {
          id: 'lastRows',
          header: t('connections:list.column.lastRows'),
          definition: t('connections:list.lastRowsHelp'),
          width: 90,
          align: 'right',
          cell: ({ lastRun }) => lastRun && format.number(lastRun.rowsNew + lastRun.rowsChanged),
        },
        {
          id: 'rows',
          header: t('connections:list.column.rows'),
          definition: t('connections:list.rowsHelp'),
          width: 90,
          align: 'right',
          cell: ({ rowsNew }) => format.number(rowsNew),
        },
        {
          id: 'nextAt',
          header: t('connections:list.column.nextAt'),
          width: 170,
          align: 'right',
          cell: ({ nextAt, enabled }) =>
            nextAt ? <span title={format.dateTime(nextAt)}>{format.relative(nextAt)}</span> : enabled ? t('connections:byHand') : '–',
        },
        { id: 'schedule', header: t('connections:list.column.schedule'), width: 160, hidden: true, cell: (row) => schedule(row.schedule) },
      ]}
    />
  );
}
