import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { Button, Group, Modal, Radio, Select, Stack, Text } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { Webhook } from './schemas.ts';

const HOURS = ['1', '24', '168', '720'] as const;

/** Sends again what was given up, or everything, since some moment. */
export function ReplaySince({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const [hours, setHours] = useState<string>('24');
  const [state, setState] = useState('dead');
  const replay = useSend<string, { replayed: number }>((since) => ({ path: `/webhooks/${webhook.id}/replay`, body: { since, state } }), {
    refreshes: ['/webhooks'],
    onDone: ({ replayed }) => {
      tell(t('webhooks:replayed', { count: replayed }));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('webhooks:replay.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        <Text size="sm">{t('webhooks:replay.text')}</Text>
        <Select
          label={t('webhooks:replay.since')}
          value={hours}
          onChange={(next) => setHours(next ?? '24')}
          data={HOURS.map((one) => ({ value: one, label: t(`webhooks:replay.hours.${one}`) }))}
        />
        <Radio.Group label={t('webhooks:replay.which')} value={state} onChange={setState}>
          <Stack gap="xs" mt="xs">
            <Radio value="dead" label={t('webhooks:replay.dead')} />
            <Radio value="all" label={t('webhooks:replay.all')} />
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button loading={replay.isPending} onClick={() => replay.mutate(new Date(Date.now() - Number(hours) * 3_600_000).toISOString())}>
            {t('webhooks:act.again')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
