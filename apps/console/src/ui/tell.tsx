import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { t } from 'i18next';
import type { ApiError } from '../api/problem.ts';
import { IconAlertTriangle, IconCheck } from './icons.ts';

const UNDO_MS = 10_000;
const closing = () => ({ 'aria-label': t('common:close') });

/** Says in a corner that something was done. */
export function tell(message: string): void {
  notifications.show({ message, closeButtonProps: closing(), icon: <IconCheck size={16} />, color: 'accent', autoClose: 4_000 });
}

/** Says what went wrong, what to do, and the code. Stays until closed. */
export function tellError(error: ApiError): void {
  notifications.show({
    closeButtonProps: closing(),
    title: error.title,
    message: (
      <>
        {error.detail}
        <Text size="xs" c="dimmed">
          {error.code}
        </Text>
      </>
    ),
    icon: <IconAlertTriangle size={16} />,
    color: 'red',
    autoClose: false,
  });
}

/** Says what was done and offers for ten seconds to take it back. */
export function tellUndo(message: string, undo: () => Promise<unknown>): void {
  const id = crypto.randomUUID();
  const takeBack = async () => {
    notifications.hide(id);
    try {
      await undo();
      tell(t('shell:undo.done'));
    } catch (error) {
      tellError(error as ApiError);
    }
  };
  notifications.show({
    id,
    closeButtonProps: closing(),
    autoClose: UNDO_MS,
    withAutoCloseProgress: true,
    color: 'accent',
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button size="xs" variant="light" onClick={() => void takeBack()}>
          {t('common:undo')}
        </Button>
      </Group>
    ),
  });
}
