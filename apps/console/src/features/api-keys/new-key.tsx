import type { ApiKeyInput, NewApiKey } from '@vinculo/access/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { useMe } from '../../app/session.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Alert, Button, Checkbox, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput } from '../../ui/kit.ts';

const DAY_MS = 86_400_000;
const LIVES = ['30', '90', '365', 'forever'] as const;

export function NewKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  // A key cannot do more than who makes it.
  const { permissions } = useMe();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [life, setLife] = useState<string>('365');
  const [error, setError] = useState<ApiError>();
  const create = useSend<ApiKeyInput, NewApiKey>((body) => ({ path: '/api-keys', body }), { refreshes: ['/api-keys'], onError: setError });
  const close = () => {
    setName('');
    setScopes([]);
    setError(undefined);
    create.reset();
    onClose();
  };

  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={t(create.data ? 'people:keys.madeTitle' : 'people:keys.create')}
      closeOnClickOutside={!create.data}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {create.data ? (
        <Stack gap="md">
          <Alert color="yellow" variant="light" role="note">
            {t('people:keys.once')}
          </Alert>
          <CopyText text={create.data.key} />
          <Group justify="flex-end">
            <Button onClick={close}>{t('people:keys.kept')}</Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setError(undefined);
            create.mutate({
              name: name.trim(),
              scopes: scopes as ApiKeyInput['scopes'],
              expiresAt: life === 'forever' ? null : new Date(Date.now() + Number(life) * DAY_MS).toISOString(),
            });
          }}
        >
          <Stack gap="md">
            <ErrorNote error={error} />
            <TextInput
              label={t('people:keys.name')}
              description={t('people:keys.nameHelp')}
              required
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            <Checkbox.Group
              label={t('people:keys.scopes')}
              description={t('people:keys.scopesHelp')}
              value={scopes}
              onChange={setScopes}
              required
            >
              <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mt="sm">
                {permissions.map((permission) => (
                  <Checkbox key={permission} value={permission} label={<Text size="sm">{t(`access:permission.${permission}`)}</Text>} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
            <Select
              label={t('people:keys.life')}
              value={life}
              onChange={(next) => setLife(next ?? '365')}
              data={LIVES.map((one) => ({ value: one, label: t(`people:keys.lives.${one}`) }))}
              maw={240}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || scopes.length === 0}>
                {t('people:keys.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
