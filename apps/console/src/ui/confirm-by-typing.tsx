import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ConfirmByTypingProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen and that it cannot be undone. */
  children: ReactNode;
  /** What has to be typed: the name of the thing. */
  word: string;
  /** The verb: «Borrar la fuente». */
  action: string;
  onConfirm: () => void | Promise<unknown>;
  busy?: boolean;
}

/** For what cannot be undone: the name of the thing has to be typed. */
export function ConfirmByTyping({ opened, onClose, title, ...rest }: ConfirmByTypingProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {/* Closed, it is gone, and with it what was typed. */}
      <Typing onClose={onClose} {...rest} />
    </Modal>
  );
}

function Typing({ onClose, children, word, action, onConfirm, busy = false }: Omit<ConfirmByTypingProps, 'opened' | 'title'>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const same = typed.trim().toLowerCase() === word.trim().toLowerCase();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (same && !busy) void onConfirm();
      }}
    >
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        <TextInput
          label={t('common:confirmByTyping', { name: word })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" color="red.9" disabled={!same} loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
