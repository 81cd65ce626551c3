import type { InvitationInput, SentInvitation } from '@vinculo/access/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Modal, Stack, Text, TextInput } from '../../ui/kit.ts';
import { RoleSelect } from './role-select.tsx';

export function Invite({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState('marketing');
  const [error, setError] = useState<ApiError>();
  const invite = useSend<void, SentInvitation>(
    () => ({ path: '/people/invitations', body: { email: email.trim(), role: role as InvitationInput['role'] } satisfies InvitationInput }),
    {
      refreshes: ['/people/invitations'],
      onError: setError,
    },
  );
  const close = () => {
    setEmail('');
    setError(undefined);
    invite.reset();
    onClose();
  };

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(invite.data ? 'people:invite.sentTitle' : 'people:invite.action')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {invite.data ? (
        <InvitationSent sent={invite.data} onDone={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setError(undefined);
            invite.mutate();
          }}
        >
          <Stack gap="md">
            <ErrorNote error={error} />
            <TextInput
              label={t('people:email')}
              type="email"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              error={error?.fields.email}
              data-autofocus
            />
            <RoleSelect label={t('people:list.role')} value={role} onChange={setRole} />
            <Text size="sm" c="dimmed">
              {t(`access:roleDescription.${role}`)}
            </Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" loading={invite.isPending} disabled={email.trim() === ''}>
                {t('people:invite.send')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** Either the mail is on its way, or here is the link to pass on by hand. */
export function InvitationSent({ sent, onDone }: { sent: SentInvitation; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Text size="sm">{t(sent.link ? 'people:invite.byHand' : 'people:invite.byMail', { email: sent.email })}</Text>
      {sent.link && <CopyText text={sent.link} />}
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('common:close')}</Button>
      </Group>
    </Stack>
  );
}
