import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Modal, Stack, Textarea } from '../../ui/kit.ts';

interface ReasonDialogProps {
  opened: boolean;
  title: string;
  action: string;
  busy: boolean;
  /** Above the reason: what it is about. */
  children?: ReactNode;
  /** Something above is still missing. */
  incomplete?: boolean;
  onClose: () => void;
  onReason: (reason: string) => void;
}

/** Asks for the words that will stand in the history of an identity. */
export function ReasonDialog({ opened, title, action, busy, children, incomplete = false, onClose, onReason }: ReasonDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() && !incomplete) onReason(reason.trim());
        }}
      >
        <Stack gap="md">
          {children}
          <Textarea
            label={t('customers:identity.reasonLabel')}
            description={t('customers:identity.reasonHelp')}
            value={reason}
            maxLength={500}
            autosize
            minRows={2}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            data-autofocus={children ? undefined : true}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!reason.trim() || incomplete}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
