import { useTranslation } from 'react-i18next';
import { usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconFileImport } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Link } from '../../ui/link.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { useSources } from '../sources/use-sources.ts';
import { ImportState, isRunning } from './import-state.tsx';
import { useImportWords } from './import-words.ts';
import type { Import } from './schemas.ts';
import type { ImportsSearch } from './search.ts';

const LOOK_AGAIN_MS = 2_000;
const SETTLED_MS = 30_000;

export default function Imports() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const words = useImportWords();
  const [search, change] = useWords<ImportsSearch>();
  const sources = useSources();
  const quiet = usePage<Import>('/imports', { source: search.source }, { every: SETTLED_MS });
  // While something runs the list is read often, otherwise now and then.
  const lively = usePage<Import>('/imports', { source: search.source }, { enabled: quiet.rows.some(isRunning), every: LOOK_AGAIN_MS });
  const rows = quiet.rows.some(isRunning) ? lively : quiet;

  const begin = can('import.run') && (
    <LinkButton to="/imports/new" search={{ source: search.source }} leftSection={<IconFileImport size={16} />}>
      {t('wizard:list.new')}
    </LinkButton>
  );
  return (
    <ListPage<Import>
      screen="imports"
      title={t('nav:imports')}
      actions={rows.rows.length > 0 && begin}
      rows={rows}
      rowId={({ id }) => id}
      rowName={({ fileName }) => fileName}
      rowLink={({ id }) => ({ to: '/imports/$id', params: { id } })}
      words={search}
      onWords={(next, options) => change(next as Partial<ImportsSearch>, options)}
      filters={[
        {
          word: 'source',
          label: t('wizard:list.column.source'),
          options: (sources.data?.items ?? []).map(({ id, label }) => ({ value: id, label })),
        },
      ]}
      empty={
        <EmptyState icon={IconFileImport} title={t('wizard:list.empty.title')} action={begin}>
          {t('wizard:list.empty.text')}
        </EmptyState>
      }
      columns={[
        { id: 'fileName', header: t('wizard:list.column.file'), width: 180, cell: ({ fileName }) => fileName },
        { id: 'source', header: t('wizard:list.column.source'), width: 140, cell: ({ sourceLabel }) => sourceLabel },
        { id: 'kind', header: t('wizard:list.column.kind'), width: 150, cell: ({ kind }) => words.kind(kind) },
        { id: 'state', header: t('wizard:list.column.state'), width: 130, cell: ({ state }) => <ImportState state={state} /> },
        ...(['read', 'new', 'changed', 'same'] as const).map((figure) => ({
          id: figure,
          header: t(`wizard:list.column.${figure}`),
          definition: t(`wizard:definition.${figure}`),
          width: 86,
          align: 'right' as const,
          cell: (row: Import) => format.number(row[FIGURES[figure]]),
        })),
        {
          id: 'rejected',
          header: t('wizard:list.column.rejected'),
          definition: t('wizard:definition.rejected'),
          width: 100,
          align: 'right',
          interactive: true,
          cell: ({ id, fileName, rowsRejected }) =>
            rowsRejected > 0 && can('import.run') ? (
              <Link
                to="/imports/$id"
                params={{ id }}
                search={{ tab: 'rejected' }}
                aria-label={t('wizard:list.rejectedOf', { count: rowsRejected, shown: format.number(rowsRejected), name: fileName })}
              >
                {format.number(rowsRejected)}
              </Link>
            ) : (
              format.number(rowsRejected)
            ),
        },
        {
          id: 'when',
          header: t('wizard:list.column.when'),
          width: 130,
          align: 'right',
          cell: ({ createdAt }) => <span title={format.dateTime(createdAt)}>{format.relative(createdAt)}</span>,
        },
        { id: 'by', header: t('wizard:list.column.by'), width: 130, hidden: true, cell: ({ createdBy }) => createdBy },
        {
          id: 'size',
          header: t('wizard:list.column.size'),
          width: 100,
          align: 'right',
          hidden: true,
          cell: ({ fileSize }) => format.bytes(fileSize),
        },
      ]}
    />
  );
}

const FIGURES = { read: 'rowsRead', new: 'rowsNew', changed: 'rowsChanged', same: 'rowsSame' } as const;
