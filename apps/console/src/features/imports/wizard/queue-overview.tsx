import { useTranslation } from 'react-i18next';
import { useGet } from '../../../api/queries.ts';
import { useFormat } from '../../../ui/format.ts';
import { IconAlertTriangle, IconCheck, IconClock, IconX } from '../../../ui/icons.ts';
import { ActionIcon, Button, Group, Progress, Text, Title } from '../../../ui/kit.ts';
import { Link } from '../../../ui/link.tsx';
import { ImportState, isRunning } from '../import-state.tsx';
import { useImportWords } from '../import-words.ts';
import { canSend, nextReady, type QueuedFile, sendAgain, takeOut, useQueue } from '../queue.ts';
import type { Import } from '../schemas.ts';
import classes from './wizard.module.css';

/** The files dropped together: which is what, how far each is, and the one to go on with. */
export function QueueOverview({ onTake }: { onTake: (uploadId: string) => void }) {
  const { t } = useTranslation();
  const queue = useQueue();
  const next = nextReady(queue);
  if (queue.length === 0) return null;
  return (
    <section aria-labelledby="queue">
      <Group justify="space-between" align="baseline">
        <Title order={2} id="queue">
          {t('wizard:queue.title', { count: queue.length })}
        </Title>
        {next && (
          <Button size="xs" onClick={() => onTake(next.uploadId!)}>
            {t('wizard:queue.take', { name: next.fileName })}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('wizard:queue.lead')}
      </Text>
      <ul className={classes.queue}>
        {queue.map((file) => (
          <Row key={file.id} file={file} onTake={onTake} />
        ))}
      </ul>
    </section>
  );
}

function Row({ file, onTake }: { file: QueuedFile; onTake: (uploadId: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useImportWords();
  const { id, fileName, size, state, kind, uploadId } = file;
  return (
    <li>
      <div className={classes.queued}>
        <Text size="sm" fw={600} truncate>
          {fileName}
        </Text>
        <Text size="xs" c="dimmed">
          {[
            format.bytes(size),
            state === 'ready' || state === 'started' ? (kind ? words.kind(kind) : t('wizard:queue.unknown')) : undefined,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {state === 'failed' && (
          <Text size="xs" c="var(--v-worse)">
            {file.problem}
          </Text>
        )}
        {state === 'lost' && <Text size="xs">{t('wizard:queue.lostHelp')}</Text>}
      </div>
      <StateOf file={file} />
      <Group gap={4} wrap="nowrap" justify="flex-end">
        {state === 'ready' && (
          <Button size="xs" variant="default" onClick={() => onTake(uploadId!)} aria-label={t('wizard:queue.goName', { name: fileName })}>
            {t('wizard:queue.go')}
          </Button>
        )}
        {state === 'failed' && !file.final && canSend(id) && (
          <Button size="xs" variant="default" onClick={() => sendAgain(id)}>
            {t('wizard:queue.again')}
          </Button>
        )}
        {state !== 'sending' && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('wizard:queue.remove', { name: fileName })}
            onClick={() => takeOut(id)}
          >
            <IconX size={14} />
          </ActionIcon>
        )}
      </Group>
    </li>
  );
}

const LOOK = { waiting: IconClock, ready: IconCheck, failed: IconAlertTriangle, lost: IconAlertTriangle } as const;

function StateOf({ file: { state, sent, fileName, importId, final } }: { file: QueuedFile }) {
  const { t } = useTranslation();
  if (state === 'started') return <Started importId={importId!} />;
  if (state === 'sending') {
    return (
      <Progress.Root size={6} w={80}>
        <Progress.Section
          value={sent * 100}
          animated={sent >= 1}
          striped={sent >= 1}
          aria-label={t('wizard:sending.label', { name: fileName })}
        />
      </Progress.Root>
    );
  }
  const Picture = LOOK[state];
  const bad = state === 'failed' || state === 'lost';
  return (
    <Text span size="sm" c={bad ? 'var(--v-worse)' : 'dimmed'} style={{ whiteSpace: 'nowrap' }}>
      <Picture size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
      {t(`wizard:queue.state.${state === 'failed' && final ? 'unreadable' : state}`)}
    </Text>
  );
}

/** An import that was begun, live, leading to its own screen. */
function Started({ importId }: { importId: string }) {
  const { t } = useTranslation();
  const { data, error } = useGet<Import>(`/imports/${importId}`, {}, { every: 2_000 });
  if (error) return null;
  return (
    <Link to="/imports/$id" params={{ id: importId }} size="sm">
      {data ? <ImportState state={data.state} /> : t('wizard:queue.state.started')}
      {data && !isRunning(data) && data.rowsRejected > 0 && ` (${t('wizard:queue.rejected', { count: data.rowsRejected })})`}
    </Link>
  );
}

/** On the steps after the first: where in the queue we are. */
export function QueueLine({ uploadId, onAll }: { uploadId: string | undefined; onAll: () => void }) {
  const { t } = useTranslation();
  const queue = useQueue();
  const at = queue.findIndex((file) => file.uploadId === uploadId);
  if (at < 0 || queue.length < 2) return null;
  const begun = queue.filter(({ state }) => state === 'started').length;
  return (
    <Group gap="sm" mb="md">
      <Text size="sm" c="dimmed">
        {t('wizard:queue.line', { at: begun + 1, of: queue.length })}
      </Text>
      <Button size="xs" variant="subtle" onClick={onAll}>
        {t('wizard:queue.all')}
      </Button>
    </Group>
  );
}

/** Keeps the rows of a queue apart from drafts begun one by one. */
export const useQueuedUploads = (): ReadonlySet<string> => new Set(useQueue().flatMap(({ uploadId }) => (uploadId ? [uploadId] : [])));
