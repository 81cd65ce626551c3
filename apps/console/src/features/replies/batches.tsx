import { useTranslation } from 'react-i18next';
import { usePage } from '../../api/queries.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconTicket } from '../../ui/icons.ts';
import { Button, Stack } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import type { Batch } from './shapes.ts';

/** The piles gone through, the last first. */
export function Batches() {
  const { t } = useTranslation();
  const format = useFormat();
  const page = usePage<Batch>('/reply-batches');
  if (page.error) return <ErrorNote error={page.error} retry={page.retry} />;
  if (page.loading) return <RowSkeletons />;
  if (page.rows.length === 0)
    return (
      <EmptyState icon={IconTicket} title={t('channels:replies.batch.empty')}>
        {t('channels:replies.batch.emptyText')}
      </EmptyState>
    );
  const number = (of: keyof Batch['counts']) => (batch: Batch) => format.number(batch.counts[of]);
  return (
    <Stack gap="md">
      <SimpleTable<Batch>
        caption={t('channels:replies.batch.caption')}
        rows={page.rows}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'name',
            header: t('channels:replies.batch.name'),
            cell: ({ id, name }) => (
              <Link to="/replies/batches/$id" params={{ id }}>
                {name}
              </Link>
            ),
          },
          {
            id: 'kind',
            header: t('channels:replies.batch.kind'),
            cell: ({ kind, template }) => template?.name ?? t(`channels:replies.kind.${kind}`),
          },
          { id: 'received', header: t('channels:replies.batch.received'), cell: ({ receivedOn }) => format.date(receivedOn) },
          { id: 'author', header: t('channels:replies.batch.author'), cell: ({ author }) => author },
          { id: 'all', header: t('channels:replies.batch.all'), align: 'right', cell: number('all') },
          { id: 'ok', header: t('channels:replies.batch.ok'), align: 'right', cell: number('ok') },
          { id: 'used', header: t('channels:replies.batch.used'), align: 'right', cell: number('used') },
          { id: 'tray', header: t('channels:replies.batch.tray'), align: 'right', cell: number('tray') },
          {
            id: 'state',
            header: t('channels:replies.batch.state'),
            cell: ({ closed, undone }) =>
              t(undone ? 'channels:replies.batch.undone' : closed ? 'channels:replies.batch.closed' : 'channels:replies.batch.open'),
          },
        ]}
      />
      {page.more && (
        <Button variant="default" loading={page.fetchingMore} onClick={page.fetchMore} style={{ alignSelf: 'center' }}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
}
