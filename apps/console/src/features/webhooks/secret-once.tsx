import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/copy-text.tsx';
import { Alert, Button, Group, Stack, Text } from '../../ui/kit.ts';

/** A secret that no other screen shows. */
export function SecretOnce({ secret, url, onKept }: { secret: string | null; url?: string | null; onKept: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      {url && (
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('webhooks:in.address')}
          </Text>
          <CopyText text={url} />
        </div>
      )}
      {secret && (
        <>
          <Alert color="yellow" variant="light" role="note">
            {t('webhooks:secret.once')}
          </Alert>
          <CopyText text={secret} />
          <Text size="sm" c="dimmed">
            {t('webhooks:secret.how')}
          </Text>
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onKept}>{t(secret ? 'webhooks:secret.kept' : 'common:next')}</Button>
      </Group>
    </Stack>
  );
}
