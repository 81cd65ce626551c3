import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Progress, Text } from '../../ui/kit.ts';
import classes from './file-drop.module.css';
import type { FileBeingSent } from './use-send-file.ts';

/** A file on its way to the server: how far, how long still, and a way to stop. Once there, the server reads its beginning. */
export function SendingLine({ file, onCancel }: { file: FileBeingSent; onCancel: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const arrived = file.sent >= file.total;
  return (
    <div className={classes.sending}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600} truncate>
          {file.name}
        </Text>
        <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
      </Group>
      <Progress.Root size={6}>
        <Progress.Section
          value={file.total ? (file.sent / file.total) * 100 : 100}
          animated={arrived}
          striped={arrived}
          aria-label={t('wizard:sending.label', { name: file.name })}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" role="status">
        {arrived
          ? t('wizard:sending.reading')
          : [
              t('wizard:sending.progress', { sent: format.bytes(file.sent), total: format.bytes(file.total) }),
              file.secondsLeft !== null && file.secondsLeft >= 1 && t('jobs:left', { time: format.duration(file.secondsLeft) }),
            ]
              .filter(Boolean)
              .join(' · ')}
      </Text>
    </div>
  );
}
