import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Button, Group, Stack, Text, Title } from '../../../ui/kit.ts';
import { FileDrop } from '../file-drop.tsx';
import type { Upload } from '../schemas.ts';
import { enqueue, useQueue } from '../queue.ts';
import { SendingLine } from '../sending-line.tsx';
import { useSendFile } from '../use-send-file.ts';
import { QueueOverview, useQueuedUploads } from './queue-overview.tsx';
import type { Wizard } from './use-wizard.ts';

/** Step 1: the file, dropped or chosen, and those begun and not finished. */
export function StepFile({ wizard }: { wizard: Wizard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { upload, drafts } = wizard;
  const { sending, error, send, cancel } = useSendFile<Upload>('/imports/uploads', wizard.begin);
  const queued = useQueuedUploads();
  const waiting = useQueue().length > 0;
  const begun = Object.entries(drafts).filter(([id]) => id !== upload?.id && !queued.has(id));

  return (
    <Stack gap="lg">
      <ErrorNote error={error} />
      {sending ? (
        <SendingLine file={sending} onCancel={cancel} />
      ) : (
        <FileDrop onFile={(file) => (waiting ? enqueue([file]) : send(file))} onFiles={enqueue} compact={upload !== undefined || waiting}>
          {t('wizard:drop.formats')}
        </FileDrop>
      )}
      {upload && !sending && !queued.has(upload.id) && (
        <Text size="sm">
          {t('wizard:file.have')} <b>{upload.fileName}</b> · {format.bytes(upload.fileSize)}. {t('wizard:file.another')}
        </Text>
      )}
      <QueueOverview onTake={wizard.take} />
      {begun.length > 0 && !sending && (
        <section aria-labelledby="begun">
          <Title order={2} id="begun">
            {t('wizard:begun.title')}
          </Title>
          <Stack gap={4} component="ul" p={0} mt="sm" style={{ listStyle: 'none' }}>
            {begun.map(([id, { fileName, at }]) => (
              <Group key={id} component="li" gap="sm" wrap="nowrap">
                <Text size="sm" truncate style={{ flex: 1 }}>
                  {fileName}{' '}
                  <Text span size="xs" c="dimmed">
                    {format.relative(at)}
                  </Text>
                </Text>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => wizard.resume(id)}
                  aria-label={t('wizard:begun.resumeName', { name: fileName })}
                >
                  {t('wizard:begun.resume')}
                </Button>
                <Button
                  size="xs"
                  variant="subtle"
                  color="gray"
                  onClick={() => wizard.forget(id)}
                  aria-label={t('wizard:begun.forgetName', { name: fileName })}
                >
                  {t('wizard:begun.forget')}
                </Button>
              </Group>
            ))}
          </Stack>
        </section>
      )}
    </Stack>
  );
}

/** At the right of step 1: what can be brought, and that nothing happens yet. */
export function FileAdvice() {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{t('wizard:advice.whatTitle')}</Title>
        <Text size="sm">{t('wizard:advice.what')}</Text>
      </div>
      <div>
        <Title order={2}>{t('wizard:advice.howTitle')}</Title>
        <Text size="sm">{t('wizard:advice.how')}</Text>
      </div>
      <div>
        <Title order={2}>{t('wizard:advice.safeTitle')}</Title>
        <Text size="sm">{t('wizard:advice.safe')}</Text>
      </div>
    </Stack>
  );
}
