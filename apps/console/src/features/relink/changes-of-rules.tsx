import type { RelinkSummary } from '@vinculo/customer-file/api/relink';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePage } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';

type Summary = z.infer<typeof RelinkSummary>;

/** Every change of rules, newest first. */
export function ChangesOfRules() {
  const { t } = useTranslation();
  const format = useFormat();
  const changes = usePage<Summary>('/linkage/changes', { limit: 10 });
  if (changes.error) return <ErrorNote error={changes.error} retry={changes.retry} />;
  if (changes.loading) return <RowSkeletons rows={4} />;
  if (changes.rows.length === 0) return <Text size="sm">{t('linkage:history.none')}</Text>;
  return (
    <>
      <SimpleTable
        caption={t('linkage:history.title')}
        rows={changes.rows}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'note',
            header: t('linkage:history.note'),
            cell: ({ id, note }) => (
              <Link to="/linking-rules/$id" params={{ id }} size="sm">
                {note}
              </Link>
            ),
          },
          { id: 'state', header: t('linkage:history.state'), cell: ({ state }) => t(`linkage:state.${state}`) },
          {
            id: 'effect',
            header: t('linkage:history.effect'),
            cell: ({ joins, parts }) =>
              joins === null ? '–' : t('linkage:effect', { joins: format.number(joins), parts: format.number(parts ?? 0) }),
          },
          { id: 'when', header: t('linkage:history.when'), cell: ({ changedAt, by }) => `${format.relative(changedAt)} · ${by}` },
        ]}
      />
      {changes.more && (
        <Button variant="default" size="xs" onClick={changes.fetchMore} loading={changes.fetchingMore} style={{ alignSelf: 'center' }}>
          {t('linkage:history.more')}
        </Button>
      )}
    </>
  );
}
