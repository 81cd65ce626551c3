import type { LetterChange } from '@vinculo/channels/api/letters';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconArrowBackUp, IconDots, IconEdit, IconTrash } from '../../ui/icons.ts';
import { ActionIcon, Button, Group, Menu, Modal, Select, Stack, Textarea, TextInput } from '../../ui/kit.ts';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { FORMS, type Letter, LETTERS } from './letters.ts';

/** What else can be done with a letter: correct it, take it away, bring it back. */
export function LetterActs({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  const can = useCan();
  const refresh = useRefresh();
  const [editing, setEditing] = useState(false);
  const path = `/letters/${letter.id}`;
  const remove = useSend(() => ({ method: 'DELETE', path }), {
    refreshes: LETTERS,
    onDone: () =>
      tellUndo(t('channels:post.deleted'), async () => {
        await call({ method: 'POST', path: `${path}/restore` });
        await refresh(...LETTERS);
      }),
  });
  const restore = useSend(() => ({ path: `${path}/restore` }), { refreshes: LETTERS });
  if (!can('contact.write') || letter.hidden) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('channels:mailbox.column.actions')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {letter.kind !== 'email' && (
            <Menu.Item leftSection={<IconEdit size={16} />} onClick={() => setEditing(true)}>
              {t('channels:post.edit')}
            </Menu.Item>
          )}
          {letter.deleted ? (
            <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => restore.mutate()}>
              {t('common:undo')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => remove.mutate()}>
              {t('channels:post.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {editing && <EditLetter letter={letter} onClose={() => setEditing(false)} />}
    </>
  );
}

function EditLetter({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const { t } = useTranslation();
  const [topic, setTopic] = useState(letter.topic);
  const [form, setForm] = useState(letter.form || 'letter');
  const [senderName, setSenderName] = useState(letter.senderName);
  const [note, setNote] = useState(letter.note);
  const [error, setError] = useState<ApiError>();
  const save = useSend<z.input<typeof LetterChange>, Letter>((body) => ({ method: 'PATCH', path: `/letters/${letter.id}`, body }), {
    refreshes: LETTERS,
    onError: setError,
    onDone: () => {
      tell(t('channels:post.saved'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('channels:post.edit')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          save.mutate({ topic: topic.trim(), form, senderName: senderName.trim(), note: note.trim() });
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          <TextInput
            label={t('channels:post.registerForm.topic')}
            value={topic}
            maxLength={300}
            onChange={(event) => setTopic(event.currentTarget.value)}
            data-autofocus
          />
          <Select
            label={t('channels:post.registerForm.form')}
            value={form}
            onChange={(next) => next && setForm(next as typeof form)}
            data={FORMS.map((value) => ({ value, label: t(`channels:post.form.${value}`) }))}
          />
          <TextInput
            label={t(letter.direction === 'in' ? 'channels:post.registerForm.sender' : 'channels:post.registerForm.recipient')}
            value={senderName}
            maxLength={200}
            onChange={(event) => setSenderName(event.currentTarget.value)}
          />
          <Textarea
            label={t('channels:post.registerForm.note')}
            autosize
            minRows={3}
            maxLength={5_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('channels:post.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
