import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Modal, Select, Stack, Text } from '../../ui/kit.ts';
import type { Key, Rotated } from './schemas.ts';

const HOURS = [0, 1, 24, 72, 168, 720];

/** A new key for an old one, which goes on working for as long as it takes to install the new one everywhere. */
export function RotateDialog({ source, old, onClose }: { source: string; old: Key; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [hours, setHours] = useState(24);
  const [made, setMade] = useState<Rotated>();
  const rotate = useSend<void, Rotated>(() => ({ path: `/sources/${source}/write-keys/${old.id}/rotate`, body: { hours } }), {
    refreshes: [`/sources/${source}`, '/event-sources'],
    onDone: setMade,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('events:rotate.title', { name: old.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {made ? (
        <Stack gap="md">
          <Text size="sm">{t('events:rotate.done')}</Text>
          <CopyText text={made.created.key} />
          <Text size="sm" c="dimmed">
            {made.replaced.expiresAt && made.replaced.state === 'expiring'
              ? t('events:rotate.until', { when: format.dateTime(made.replaced.expiresAt) })
              : t('events:rotate.atOnce')}
          </Text>
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              {t('common:close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <Text size="sm">{t('events:rotate.text')}</Text>
          <Select
            label={t('events:rotate.hours')}
            data={HOURS.map((one) => ({ value: String(one), label: t(`events:rotate.for.${one}`) }))}
            value={String(hours)}
            allowDeselect={false}
            onChange={(next) => next && setHours(Number(next))}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate()} data-autofocus>
              {t('events:rotate.go')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
