import type { Segment } from '@vinculo/segments/api';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useSend } from '../../api/queries.ts';
import { Button, Group, Modal, Stack, Text, TextInput } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { tell } from '../../ui/tell.tsx';

type Seg = z.infer<typeof Segment>;

interface NewListProps {
  kind: 'list' | 'prospects';
  /** Copies the members of this segment. */
  from?: { id: string; name: string };
  onClose: () => void;
}

/** A list made by hand, a mailing list, or a copy of a segment as it is now. */
export function NewList({ kind, from, onClose }: NewListProps) {
  const { t } = useTranslation();
  const go = useGo();
  const [name, setName] = useState(from?.name ?? '');
  const [description, setDescription] = useState('');
  const create = useSend<void, Seg>(
    () => ({ path: '/segments', body: { kind, name: name.trim(), description: description.trim(), ...(from ? { from: from.id } : {}) } }),
    {
      refreshes: ['/segments'],
      onDone: (made) => {
        tell(t('segments:created', { name: made.name }));
        void go({ to: '/segments/$id', params: { id: made.id } });
      },
    },
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') create.mutate();
  };
  const title = from ? t('segments:freezeTitle') : t(kind === 'list' ? 'segments:newList' : 'segments:newProspects');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={send}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {from ? t('segments:freezeText') : t(kind === 'list' ? 'segments:form.listText' : 'segments:form.prospectsText')}
          </Text>
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
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              {t('segments:create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
