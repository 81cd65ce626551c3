import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ConfirmProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Exactly what will happen, and to how many. */
  children: ReactNode;
  action: string;
  onConfirm: () => void | Promise<unknown>;
  busy?: boolean;
  /** Red, for what someone else will feel. */
  harmful?: boolean;
}

/** A last look before something that matters but can be put right. */
export function Confirm({ opened, onClose, title, children, action, onConfirm, busy = false, harmful = false }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="lg">
        <Text size="sm" component="div">
          {children}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('common:cancel')}
          </Button>
          <Button onClick={() => void onConfirm()} loading={busy} {...(harmful ? { color: 'red.9' } : {})}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
