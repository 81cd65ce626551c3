import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { address } from '../../api/client.ts';
import { usePage, useRefresh } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDownload, IconUpload } from '../../ui/icons.ts';
import { Button, Group, Modal, Stack, Text } from '../../ui/kit.ts';
import { usePhone } from '../../ui/screen-size.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { FileDrop } from './file-drop.tsx';
import { isRunning } from './import-state.tsx';
import { useImportWords } from './import-words.ts';
import type { Import, ImportError } from './schemas.ts';
import { SendingLine } from './sending-line.tsx';
import { useSendFile } from './use-send-file.ts';
import classes from './wizard/wizard.module.css';
import { useGo } from '../../ui/link.tsx';

const PAGE = 100;

/** Values that could not be taken: where, what, why; the rows to download, put right and load again. */
export function RejectedRows({ row }: { row: Import }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useImportWords();
  const can = useCan();
  const phone = usePhone();
  const [correcting, setCorrecting] = useState(false);
  const [seen, setSeen] = useState<ImportError>();
  const errors = usePage<ImportError>(`/imports/${row.id}/errors`, { limit: PAGE });

  if (errors.error) return <ErrorNote error={errors.error} retry={errors.retry} />;
  if (errors.loading) return <RowSkeletons rows={8} />;
  if (errors.rows.length === 0) return <Text size="sm">{t(isRunning(row) ? 'wizard:rejected.noneYet' : 'wizard:rejected.none')}</Text>;

  return (
    <Stack gap="md">
      <Text size="sm">{t('wizard:rejected.lead')}</Text>
      <Group gap="sm">
        <Button
          component="a"
          href={address(`/imports/${row.id}/errors.csv`)}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t('wizard:rejected.download')}
        </Button>
        {can('import.run') && !isRunning(row) && (
          <Button leftSection={<IconUpload size={16} />} onClick={() => setCorrecting(true)}>
            {t('wizard:rejected.correct')}
          </Button>
        )}
      </Group>
      <SimpleTable<ImportError>
        caption={t('wizard:record.tab.rejected')}
        rows={errors.rows}
        rowId={(error) => `${error.row} ${error.column}`}
        columns={[
          {
            id: 'row',
            header: t('wizard:rejected.column.row'),
            cell: ({ row: at }) => (phone ? t('wizard:row.title', { row: at }) : format.number(at)),
          },
          { id: 'column', header: t('wizard:rejected.column.column'), cell: ({ column }) => column || '–' },
          {
            id: 'value',
            header: t('wizard:rejected.column.value'),
            cell: ({ value }) =>
              value === '' ? (
                <Text span size="sm" c="dimmed">
                  {t('wizard:rejected.emptyValue')}
                </Text>
              ) : (
                <span style={{ overflowWrap: 'anywhere' }}>{value}</span>
              ),
          },
          { id: 'reason', header: t('wizard:rejected.column.reason'), cell: ({ reason }) => words.reason(reason) },
          {
            id: 'raw',
            header: t('wizard:rejected.column.raw'),
            cell: (error) => (
              <Button
                size="xs"
                variant="subtle"
                onClick={() => setSeen(error)}
                aria-label={t('wizard:rejected.seeRow', { row: error.row })}
              >
                {t('wizard:rejected.see')}
              </Button>
            ),
          },
        ]}
      />
      {errors.more && (
        <Button variant="default" onClick={errors.fetchMore} loading={errors.fetchingMore} style={{ alignSelf: 'center' }}>
          {t('common:more')}
        </Button>
      )}
      <Modal
        opened={seen !== undefined}
        onClose={() => setSeen(undefined)}
        title={seen && t('wizard:row.title', { row: seen.row })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {seen && (
          <Stack gap="md">
            <Text size="sm" c="var(--v-worse)">
              {seen.column && <b>{seen.column}: </b>}
              {words.reason(seen.reason)}
            </Text>
            <dl className={classes.row}>
              {Object.entries(seen.raw).map(([column, value]) => (
                <div key={column} style={{ display: 'contents' }}>
                  <dt>{column}</dt>
                  <dd style={{ fontWeight: column === seen.column ? 600 : 400 }}>{value || '–'}</dd>
                </div>
              ))}
            </dl>
          </Stack>
        )}
      </Modal>
      <Corrections importId={row.id} opened={correcting} onClose={() => setCorrecting(false)} />
    </Stack>
  );
}

function Corrections({ importId, opened, onClose }: { importId: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('wizard:rejected.correct')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <CorrectedFile importId={importId} />
    </Modal>
  );
}

/** In the dialog only while it is open, so that a file dropped on the page is not taken for a correction. */
function CorrectedFile({ importId }: { importId: string }) {
  const { t } = useTranslation();
  const go = useGo();
  const refresh = useRefresh();
  const { sending, error, send, cancel } = useSendFile<Import>(`/imports/${importId}/corrections`, ({ id }) => {
    void refresh('/imports');
    void go({ to: '/imports/$id', params: { id } });
  });
  return (
    <Stack gap="md">
      <ErrorNote error={error} />
      {sending ? <SendingLine file={sending} onCancel={cancel} /> : <FileDrop onFile={send}>{t('wizard:rejected.which')}</FileDrop>}
    </Stack>
  );
}
