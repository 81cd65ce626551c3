import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Alert, Badge, Button, Code, Drawer, Group, Stack, Text, Textarea } from '../../ui/kit.ts';
import { IconAlertTriangle } from '../../ui/icons.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { eventName } from './event-words.ts';
import { useRejectedWords } from './rejected-words.ts';
import type { Changed, RejectedDetail } from './schemas.ts';
import { useErrors } from './use-errors.ts';

/** One rejected event: why, where, what to do; its JSON to be put right and sent again. */
export function RejectedDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<RejectedDetail>(`/event-errors/${id}`);
  const title = data ? (data.name ? eventName(t, data.name) : t(`events:type.${data.type}`, { defaultValue: data.type })) : '';
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={title || t('events:rejectedMark')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : data ? (
        <Correct key={data.id} rejected={data} onClose={onClose} />
      ) : (
        <BlockSkeleton height={320} />
      )}
    </Drawer>
  );
}

function Correct({ rejected, onClose }: { rejected: RejectedDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const say = useRejectedWords();
  const came = rejected.body === null || rejected.body === undefined ? undefined : JSON.stringify(rejected.body, null, 2);
  const [draft, setDraft] = useState(came ?? '');
  const [error, setError] = useState<ApiError>();
  const { dismiss, restore, replay, read } = useErrors(onClose);
  const parsed = parse(draft);
  const changed = came !== undefined && draft !== came;
  const correct = useSend<Record<string, unknown>, Changed>((body) => ({ path: `/event-errors/${rejected.id}/replay`, body: { body } }), {
    onError: setError,
    onDone: async () => {
      tell(t('events:rejected.sent', { count: 1 }));
      onClose();
      await read();
    },
  });
  const send = () => {
    setError(undefined);
    if (changed && parsed.value) correct.mutate(parsed.value);
    else replay.mutate({ ids: [rejected.id] });
  };
  const write = can('source.write');
  return (
    <Stack gap="md">
      <Group gap="xs">
        {rejected.state !== 'open' && (
          <Badge variant="default" tt="none" fw={500}>
            {t(`events:errorState.${rejected.state}`)}
          </Badge>
        )}
        <Text size="sm" c="dimmed">
          {[
            rejected.sourceLabel,
            format.dateTime(rejected.receivedAt),
            rejected.times > 1 && t('events:rejected.times', { count: rejected.times }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Group>
      <Alert variant="light" color="red" icon={<IconAlertTriangle size={18} />} title={say.title(rejected)}>
        <Stack gap="xs">
          {rejected.field !== '' && (
            <Text size="sm" component="div">
              {t('events:rejected.field')} <Code>{rejected.field}</Code>
              {rejected.value !== '' && (
                <>
                  {' · '}
                  {t('events:rejected.value')} <Code style={{ overflowWrap: 'anywhere' }}>{rejected.value}</Code>
                </>
              )}
            </Text>
          )}
          <Text size="sm">{say.advice(rejected)}</Text>
        </Stack>
      </Alert>
      <ErrorNote error={error} />
      {came === undefined ? (
        <Text size="sm" c="dimmed">
          {t('events:rejected.hidden')}
        </Text>
      ) : (
        <Textarea
          label={t('events:rejected.body')}
          description={write ? t('events:rejected.bodyHelp') : undefined}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          readOnly={!write}
          autosize
          minRows={10}
          maxRows={24}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
          error={parsed.wrong && t('events:rejected.notJson', { why: parsed.wrong })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !parsed.wrong) send();
          }}
        />
      )}
      {write && (
        <Group justify="flex-end" gap="xs">
          {changed && (
            <Button variant="subtle" color="gray" onClick={() => setDraft(came)}>
              {t('events:rejected.asItCame')}
            </Button>
          )}
          {rejected.state === 'dismissed' ? (
            <Button variant="default" loading={restore.isPending} onClick={() => restore.mutate({ ids: [rejected.id] })}>
              {t('events:rejected.restore')}
            </Button>
          ) : (
            rejected.state === 'open' && (
              <Button variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate({ ids: [rejected.id] })}>
                {t('events:rejected.dismiss')}
              </Button>
            )
          )}
          <Button
            loading={correct.isPending || replay.isPending}
            disabled={came !== undefined && parsed.value === undefined}
            onClick={send}
          >
            {t(changed ? 'events:rejected.replayChanged' : 'events:rejected.replay')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function parse(text: string): { value?: Record<string, unknown>; wrong?: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: value as Record<string, unknown> };
    return { wrong: '{ }' };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}
