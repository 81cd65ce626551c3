import type { z } from 'zod';
import type { Correction } from '@vinculo/customer-file/api/quality';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveJobs } from '../../api/jobs.ts';
import { usePage, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Card } from '../../ui/board-page.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { tell } from '../../ui/tell.tsx';
import { useImportWords } from '../imports/import-words.ts';

type Row = z.infer<typeof Correction>;

/** While one is being applied, it is looked at again so often. */
const LOOK_AGAIN_MS = 2_000;

/** What people put right in bulk, newest first; each can be taken back. Nothing is shown until there is one. */
export function Corrections() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const words = useImportWords();
  const refresh = useRefresh();
  const { rows, more, fetchMore, fetchingMore } = usePage<Row>('/quality/corrections', { limit: 20 });
  const applying = rows.some(({ state }) => state === 'applying');
  useEffect(() => {
    if (!applying) return;
    const again = setInterval(() => void refresh('/quality'), LOOK_AGAIN_MS);
    return () => clearInterval(again);
  }, [applying, refresh]);
  // What is worst is measured anew with each correction, and once more when customers are unified after it.
  const measured = useLiveJobs()
    .filter(({ name, state }) => name.startsWith('quality.') && state === 'done')
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    if (measured) void refresh('/quality');
  }, [measured, refresh]);
  const undo = useSend<string>((id) => ({ path: `/quality/corrections/${id}/undo` }), {
    refreshes: ['/quality', '/jobs'],
    onDone: () => tell(t('quality:corrections.undone')),
  });
  if (rows.length === 0) return null;
  const say = ({ field, value, right }: Row) => {
    const named = { field: words.field(field), value, right };
    if (right !== '') return t('quality:corrections.replace', named);
    return value === '!' ? t('quality:corrections.forgetInvalid', named) : t('quality:corrections.forget', named);
  };
  return (
    <Card title={t('quality:corrections.title')} lead={t('quality:corrections.lead')} span={12}>
      <SimpleTable
        caption={t('quality:corrections.title')}
        rows={rows}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'what',
            header: t('quality:corrections.what'),
            cell: (row) => [say(row), row.sourceLabel && t('quality:problems.in', { source: row.sourceLabel })].filter(Boolean).join(' '),
          },
          { id: 'records', header: t('quality:corrections.records'), align: 'right', cell: ({ records }) => format.number(records) },
          {
            id: 'who',
            header: t('quality:corrections.who'),
            cell: ({ madeBy, madeAt }) => t('quality:corrections.by', { who: madeBy, when: format.dateTime(madeAt) }),
          },
          { id: 'state', header: t('quality:corrections.state'), cell: ({ state }) => t(`quality:corrections.states.${state}`) },
          {
            id: 'undo',
            header: '',
            cell: ({ id, state }) =>
              state !== 'undone' &&
              can('source.write') && (
                <Button size="xs" variant="default" loading={undo.isPending && undo.variables === id} onClick={() => undo.mutate(id)}>
                  {t('quality:corrections.undo')}
                </Button>
              ),
          },
        ]}
      />
      {more && (
        <Button variant="default" size="xs" onClick={fetchMore} loading={fetchingMore}>
          {t('quality:corrections.more')}
        </Button>
      )}
    </Card>
  );
}
