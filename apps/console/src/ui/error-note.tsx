import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.ts';
import { IconAlertTriangle } from './icons.ts';

/** What happened, what was kept, what to do, and the code. With `retry`, a button that tries again. */
export function ErrorNote({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  if (!error) return null;
  const known = error instanceof ApiError ? error : undefined;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={known?.title ?? t('shell:error.screen.title')}
      role="alert"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{known?.detail ?? t('shell:error.screen.detail')}</Text>
        {known && (
          <Text size="xs" c="dimmed">
            {t('common:errorCode', { code: known.code })}
            {known.instance && ` · ${known.instance}`}
          </Text>
        )}
        {retry && (
          <Group>
            <Button size="xs" variant="default" onClick={retry}>
              {t('common:retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
