import type { Invitation, SentInvitation } from '@vinculo/access/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, useSend } from '../../api/queries.ts';
import { Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Badge, Button, Group, Modal } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { tell } from '../../ui/tell.tsx';
import { InvitationSent } from './invite.tsx';

const INVITATIONS = '/people/invitations';

/** Who has been asked and has not come yet. Without any, there is nothing to say. */
export function Invitations() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<{ items: Invitation[] }>(INVITATIONS);
  const [sent, setSent] = useState<SentInvitation>();
  const resend = useSend<Invitation, SentInvitation>(({ id }) => ({ path: `${INVITATIONS}/${id}/resend` }), {
    refreshes: [INVITATIONS],
    onDone: setSent,
  });
  const revoke = useSend<Invitation>(({ id }) => ({ method: 'DELETE', path: `${INVITATIONS}/${id}` }), {
    refreshes: [INVITATIONS],
    onDone: (_, { email }) => tell(t('people:invite.revoked', { email })),
  });
  if (!error && (data?.items.length ?? 0) === 0) return null;

  return (
    <Card title={t('people:invite.pending')} span={12}>
      <ErrorNote error={error} retry={() => void refetch()} />
      <SimpleTable
        caption={t('people:invite.pending')}
        rows={data?.items ?? []}
        rowId={({ id }) => id}
        columns={[
          { id: 'email', header: t('people:email'), cell: ({ email }) => email },
          { id: 'role', header: t('people:list.role'), cell: ({ role }) => t(`access:role.${role}`) },
          {
            id: 'state',
            header: t('people:list.state'),
            cell: ({ state }) => <Badge color={state === 'pending' ? 'gray' : 'orange'}>{t(`access:invitationState.${state}`)}</Badge>,
          },
          { id: 'by', header: t('people:invite.by'), cell: ({ invitedBy }) => invitedBy ?? t('common:unknown') },
          { id: 'expires', header: t('people:invite.expires'), align: 'right', cell: ({ expiresAt }) => format.relative(expiresAt) },
          {
            id: 'actions',
            header: t('people:list.actions'),
            align: 'right',
            cell: (invitation) => (
              <Group gap={4} justify="flex-end">
                <Button
                  size="xs"
                  variant="subtle"
                  onClick={() => resend.mutate(invitation)}
                  loading={resend.isPending && resend.variables?.id === invitation.id}
                >
                  {t('people:invite.resend')}
                </Button>
                <Button size="xs" variant="subtle" color="gray" onClick={() => revoke.mutate(invitation)}>
                  {t('people:invite.revoke')}
                </Button>
              </Group>
            ),
          },
        ]}
      />
      <Modal
        opened={sent !== undefined}
        onClose={() => setSent(undefined)}
        title={t('people:invite.sentTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {sent && <InvitationSent sent={sent} onDone={() => setSent(undefined)} />}
      </Modal>
    </Card>
  );
}
