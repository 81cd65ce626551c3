import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconChecklist, IconListDetails } from '../../ui/icons.ts';
import { Badge, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordPage } from '../../ui/record-page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { ImportResult } from './import-result.tsx';
import { ImportState, isRunning } from './import-state.tsx';
import { useImportWords } from './import-words.ts';
import { RejectedRows } from './rejected-rows.tsx';
import type { Import } from './schemas.ts';
import type { ImportSearch } from './search.ts';

const LOOK_AGAIN_MS = 1_500;

export default function ImportScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { id } = useParams({ strict: false }) as { id: string };
  const [words, change] = useWords<ImportSearch>();
  const { data: first, error, refetch } = useGet<Import>(`/imports/${id}`);
  const running = first !== undefined && isRunning(first);
  const { data: latest } = useGet<Import>(`/imports/${id}`, {}, { enabled: running, every: running ? LOOK_AGAIN_MS : false });
  const row = latest ?? first;

  if (error) {
    return (
      <Page title={t('nav:imports')}>
        <ErrorNote error={error} retry={() => void refetch()} />
      </Page>
    );
  }
  if (!row) {
    return (
      <Page title={t('nav:imports')}>
        <BlockSkeleton height={360} />
      </Page>
    );
  }
  return (
    <RecordPage
      title={row.fileName}
      aside={<ImportState state={row.state} />}
      actions={
        <Link to="/imports" size="sm">
          {t('wizard:record.allImports')}
        </Link>
      }
      summary={<Summary row={row} />}
      tab={words.tab ?? 'result'}
      onTab={(tab) => change({ tab: tab as 'result' })}
      tabs={[
        {
          id: 'result',
          label: t('wizard:record.tab.result'),
          icon: IconChecklist,
          content: () => <ImportResult row={row} onRejected={() => change({ tab: 'rejected' })} />,
        },
        ...(can('import.run')
          ? [
              {
                id: 'rejected',
                label: t('wizard:record.tab.rejected'),
                icon: IconListDetails,
                count: row.rowsRejected > 0 ? <Badge size="sm">{format.number(row.rowsRejected)}</Badge> : undefined,
                content: () => <RejectedRows key={row.id} row={row} />,
              },
            ]
          : []),
      ]}
    />
  );
}

/** What was imported, whence, by whom and when. */
function Summary({ row }: { row: Import }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useImportWords();
  const seconds = row.startedAt && row.endedAt ? (Date.parse(row.endedAt) - Date.parse(row.startedAt)) / 1000 : undefined;
  return (
    <Stack gap="sm">
      <Text size="sm">
        {words.kind(row.kind)} ·{' '}
        <Link to="/imports" search={{ source: row.sourceId }} size="sm">
          {row.sourceLabel}
        </Link>
      </Text>
      <Text size="sm" c="dimmed">
        {format.bytes(row.fileSize)}
        <br />
        {t('wizard:record.started', { name: row.createdBy, at: format.dateTime(row.createdAt) })}
        {seconds !== undefined && (
          <>
            <br />
            {t('wizard:record.took', { time: format.duration(Math.max(1, seconds)) })}
          </>
        )}
      </Text>
    </Stack>
  );
}
