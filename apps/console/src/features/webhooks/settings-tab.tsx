import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Stack } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { Webhook, WebhookChange } from './schemas.ts';
import { type WebhookDraft, WebhookFields } from './webhook-fields.tsx';

export function SettingsTab({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<WebhookDraft>({
    name: webhook.name,
    url: webhook.url,
    events: webhook.events,
    segments: webhook.segments,
    details: webhook.details,
    private: webhook.private,
    alertEmail: webhook.alertEmail ?? '',
    headers: webhook.headers.map((name) => ({ name, value: '', kept: true })),
  });
  const [error, setError] = useState<ApiError>();
  const save = useSend<WebhookChange, Webhook>((body) => ({ method: 'PATCH', path: `/webhooks/${webhook.id}`, body }), {
    refreshes: ['/webhooks'],
    onError: setError,
    onDone: () => tell(t('common:saved')),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setError(undefined);
        save.mutate(changeOf(webhook, draft));
      }}
    >
      <Stack gap="lg" maw={640}>
        <ErrorNote error={error} />
        <WebhookFields draft={draft} onDraft={setDraft} error={error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={draft.events.length === 0}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Only what differs: who may not see contact data can still change the name of a webhook that tells it. */
function changeOf(webhook: Webhook, { headers, alertEmail, ...draft }: WebhookDraft): WebhookChange {
  const change: WebhookChange = {};
  if (draft.name !== webhook.name) change.name = draft.name.trim();
  if (draft.url !== webhook.url) change.url = draft.url.trim();
  if (draft.details !== webhook.details) change.details = draft.details;
  if (draft.private !== webhook.private) change.private = draft.private;
  if (draft.events.join() !== webhook.events.join()) change.events = draft.events;
  if ((draft.segments ?? []).join() !== (webhook.segments ?? []).join()) change.segments = draft.segments;
  if (alertEmail.trim() !== (webhook.alertEmail ?? '')) change.alertEmail = alertEmail.trim() || null;
  const written = headers
    .filter(({ name, value }) => name.trim() !== '' && value !== '')
    .map(({ name, value }) => [name.trim(), value] as const);
  const gone = webhook.headers.filter((name) => !headers.some((header) => header.name === name)).map((name) => [name, null] as const);
  if (written.length + gone.length > 0) change.headers = Object.fromEntries([...written, ...gone]);
  return change;
}
