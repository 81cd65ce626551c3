import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { Button, Group, Modal, Select, Stack, Text } from '../../ui/kit.ts';
import type { Webhook, WebhookWithSecret } from './schemas.ts';
import { SecretOnce } from './secret-once.tsx';

const OVERLAPS = ['24', '72', '168', '0'] as const;

/** A new secret, with time for the other side to learn it. */
export function ReplaceSecret({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const [hours, setHours] = useState<string>('24');
  const replace = useSend<void, WebhookWithSecret>(
    () => ({ path: `/webhooks/${webhook.id}/secret`, body: { overlapHours: Number(hours) } }),
    {
      refreshes: ['/webhooks'],
    },
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks:act.secret')}
      closeOnClickOutside={!replace.data}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {replace.data ? (
        <SecretOnce secret={replace.data.secret} onKept={onClose} />
      ) : (
        <Stack gap="md">
          <Text size="sm">{t('webhooks:secret.replaceText')}</Text>
          <Select
            label={t('webhooks:secret.overlap')}
            value={hours}
            onChange={(next) => setHours(next ?? '24')}
            data={OVERLAPS.map((one) => ({ value: one, label: t(`webhooks:secret.overlaps.${one}`) }))}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button loading={replace.isPending} onClick={() => replace.mutate()}>
              {t('webhooks:secret.replace')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
