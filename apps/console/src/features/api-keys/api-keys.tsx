import type { ApiKey } from '@vinculo/access/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { ConfirmByTyping } from '../../ui/confirm-by-typing.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { Badge, Button, Code, Text } from '../../ui/kit.ts';
import { IconKey, IconPlus } from '../../ui/icons.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { tell } from '../../ui/tell.tsx';
import { NewKey } from './new-key.tsx';

type Words = { create?: string };

/** Keys for programs: a shop, a till, an ERP. Each does only what its scopes say. */
export default function ApiKeys() {
  const { t } = useTranslation();
  const format = useFormat();
  const [words, change] = useWords<Words>();
  const keys = usePage<ApiKey>('/api-keys', { limit: 100 });
  const [revoking, setRevoking] = useState<ApiKey>();
  const revoke = useSend<ApiKey>(({ id }) => ({ method: 'DELETE', path: `/api-keys/${id}` }), {
    refreshes: ['/api-keys'],
    onDone: (_, { name }) => {
      setRevoking(undefined);
      tell(t('people:keys.revoked', { name }));
    },
  });
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => change({ create: 'yes' })}>
      {t('people:keys.create')}
    </Button>
  );

  return (
    <>
      <ListPage<ApiKey>
        screen="api-keys"
        title={t('nav:apiKeys')}
        actions={create}
        rows={keys}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        words={{}}
        onWords={() => {}}
        empty={
          <EmptyState title={t('people:keys.emptyTitle')} icon={IconKey} action={create}>
            {t('people:keys.empty')}
          </EmptyState>
        }
        columns={[
          { id: 'name', header: t('people:keys.name'), width: 160, cell: ({ name }) => name },
          {
            id: 'prefix',
            header: t('people:keys.prefix'),
            width: 120,
            definition: t('people:keys.prefixHelp'),
            cell: ({ prefix }) => <Code fz="xs">{prefix}…</Code>,
          },
          {
            id: 'scopes',
            header: t('people:keys.scopes'),
            width: 220,
            cell: ({ scopes }) => (
              <Text span size="sm" title={scopes.map((scope) => t(`access:permission.${scope}`)).join('\n')}>
                {scopes.map((scope) => t(`access:permission.${scope}`)).join(', ')}
              </Text>
            ),
          },
          { id: 'by', header: t('people:keys.by'), cell: ({ createdBy }) => createdBy ?? t('common:unknown') },
          { id: 'created', header: t('people:keys.created'), align: 'right', width: 120, cell: ({ createdAt }) => format.date(createdAt) },
          {
            id: 'used',
            header: t('people:keys.used'),
            align: 'right',
            width: 130,
            cell: ({ lastUsedAt }) => (lastUsedAt ? format.relative(lastUsedAt) : t('people:list.never')),
          },
          {
            id: 'state',
            header: t('people:list.state'),
            width: 180,
            cell: ({ revokedAt, expiresAt }) =>
              revokedAt ? (
                <Badge color="gray">{t('people:keys.isRevoked')}</Badge>
              ) : expiresAt && expiresAt < new Date().toISOString() ? (
                <Badge color="orange">{t('people:keys.isExpired')}</Badge>
              ) : (
                (expiresAt && t('people:keys.until', { date: format.date(expiresAt) })) || t('people:keys.forever')
              ),
          },
          {
            id: 'actions',
            header: t('people:list.actions'),
            align: 'right',
            width: 110,
            interactive: true,
            cell: (key) =>
              !key.revokedAt && (
                <Button
                  size="xs"
                  variant="subtle"
                  color="gray"
                  onClick={() => setRevoking(key)}
                  aria-label={t('people:keys.revokeName', { name: key.name })}
                >
                  {t('people:keys.revoke')}
                </Button>
              ),
          },
        ]}
      />
      <NewKey opened={words.create === 'yes'} onClose={() => change({ create: undefined }, { replace: true })} />
      <ConfirmByTyping
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={t('people:keys.revoke')}
        word={revoking?.name ?? ''}
        action={t('people:keys.revoke')}
        onConfirm={() => revoking && revoke.mutate(revoking)}
        busy={revoke.isPending}
      >
        {t('people:keys.revokeHelp', { name: revoking?.name })}
      </ConfirmByTyping>
    </>
  );
}
