import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { useMe } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Modal, Stack } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import type { NewWebhook as Input, WebhookWithSecret } from './schemas.ts';
import { SecretOnce } from './secret-once.tsx';
import { type WebhookDraft, WebhookFields } from './webhook-fields.tsx';

/** Where to, of what, and afterwards the secret, once. */
export function NewWebhook({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const go = useGo();
  const me = useMe();
  const [draft, setDraft] = useState<WebhookDraft>({
    name: '',
    url: '',
    events: [],
    segments: null,
    details: 'ids',
    private: false,
    alertEmail: me.email ?? '',
    headers: [],
  });
  const [error, setError] = useState<ApiError>();
  const create = useSend<Input, WebhookWithSecret>((body) => ({ path: '/webhooks', body }), {
    refreshes: ['/webhooks'],
    onError: setError,
  });
  const made = create.data;
  const close = () => {
    onClose();
    if (made) void go({ to: '/webhooks/$id', params: { id: made.id } });
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t(made ? 'webhooks:secret.title' : 'webhooks:out.new')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {made ? (
        <SecretOnce secret={made.secret} onKept={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setError(undefined);
            const { headers, alertEmail, ...rest } = draft;
            create.mutate({
              ...rest,
              alertEmail: alertEmail.trim() || null,
              headers: Object.fromEntries(headers.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value])),
            });
          }}
        >
          <Stack gap="lg">
            <ErrorNote error={error} />
            <WebhookFields draft={draft} onDraft={setDraft} error={error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common:cancel')}
              </Button>
              <Button
                type="submit"
                loading={create.isPending}
                disabled={draft.name.trim() === '' || draft.url.trim() === '' || draft.events.length === 0}
              >
                {t('webhooks:out.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
