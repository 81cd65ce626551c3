import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { Button, Group, Modal, Stack, TextInput } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { Seg } from './segment.tsx';

export function RenameDialog({ segment, onClose }: { segment: Seg; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(segment.name);
  const [description, setDescription] = useState(segment.description);
  const save = useSend<void, Seg>(
    () => ({
      method: 'PATCH',
      path: `/segments/${segment.id}`,
      body: { version: segment.version, name: name.trim(), description: description.trim() },
    }),
    {
      refreshes: ['/segments'],
      onDone: (saved) => {
        tell(t('segments:savedTold', { name: saved.name }));
        onClose();
      },
    },
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={t('segments:act.rename')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput
            label={t('segments:form.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={120}
            required
            withAsterisk={false}
            data-autofocus
          />
          <TextInput
            label={t('segments:form.description')}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            maxLength={500}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
