import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconAdjustmentsHorizontal, IconDots, IconInbox } from '../../ui/icons.ts';
import { ActionIcon, Alert, Menu, Stack, Text } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordPage } from '../../ui/record-page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { MappingTab } from './mapping-tab.tsx';
import { MessagesTab } from './messages-tab.tsx';
import type { Hook } from './schemas.ts';
import type { HookSearch } from './search.ts';
import { StateBadge } from './state-badge.tsx';

export default function HookScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const [words, change] = useWords<HookSearch>();
  const write = useCan()('connection.write');
  const { data: hook, error, refetch } = useGet<Hook>(`/hooks/${id}`, {}, { every: 4_000 });
  if (error && !hook) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!hook)
    return (
      <Page title="">
        <BlockSkeleton height={480} />
      </Page>
    );
  return (
    <RecordPage
      title={hook.name}
      aside={<StateBadge state={hook.state} />}
      actions={write && <Actions hook={hook} />}
      summary={<Summary hook={hook} />}
      tabs={[
        { id: 'messages', label: t('webhooks:tab.received'), icon: IconInbox, content: () => <MessagesTab hook={hook} /> },
        ...(write
          ? [
              {
                id: 'mapping',
                label: t('webhooks:tab.mapping'),
                icon: IconAdjustmentsHorizontal,
                content: () => <MappingTab key={hook.id} hook={hook} />,
              },
            ]
          : []),
      ]}
      tab={words.tab ?? 'messages'}
      onTab={(tab) => change({ tab })}
    />
  );
}

function Actions({ hook }: { hook: Hook }) {
  const { t } = useTranslation();
  const go = useGo();
  const refresh = useRefresh();
  const [renewing, setRenewing] = useState(false);
  const path = `/hooks/${hook.id}`;
  const turn = useSend<'on' | 'paused', Hook>((state) => ({ method: 'PATCH', path, body: { state } }), { refreshes: ['/hooks'] });
  const renew = useSend<void, Hook>(() => ({ path: `${path}/address` }), {
    refreshes: ['/hooks'],
    onDone: () => {
      setRenewing(false);
      tell(t('webhooks:in.renewed'));
    },
  });
  const remove = useSend(() => ({ method: 'DELETE', path }), {
    onDone: () => {
      void go({ to: '/hooks' });
      void refresh('/hooks');
      tellUndo(t('webhooks:removed', { name: hook.name }), async () => {
        await call({ method: 'POST', path: `${path}/restore` });
        await refresh('/hooks');
      });
    },
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('webhooks:act.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => turn.mutate(hook.state === 'on' ? 'paused' : 'on')}>
            {t(hook.state === 'on' ? 'webhooks:act.pause' : 'webhooks:act.on')}
          </Menu.Item>
          <Menu.Item onClick={() => setRenewing(true)}>{t('webhooks:in.renew')}</Menu.Item>
          <Menu.Item onClick={() => remove.mutate()}>{t('common:delete')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={renewing}
        onClose={() => setRenewing(false)}
        title={t('webhooks:in.renew')}
        action={t('webhooks:in.renew')}
        onConfirm={() => renew.mutate()}
        busy={renew.isPending}
        harmful
      >
        {t('webhooks:in.renewText')}
      </Confirm>
    </>
  );
}

function Summary({ hook }: { hook: Hook }) {
  const { t } = useTranslation();
  const format = useFormat();
  const behind = (state: string) => ({ to: '/hooks/$id', params: { id: hook.id }, search: { tab: 'messages', state } });
  return (
    <Stack gap="md">
      {!hook.mapping && (
        <Alert variant="light" color="yellow" role="note">
          {t('webhooks:in.noMapping')}
        </Alert>
      )}
      <Figure label={t('webhooks:column.today')} value={format.number(hook.receivedToday)} />
      <Figure label={t('webhooks:column.waiting')} value={format.number(hook.waiting)} to={behind('waiting')} />
      <Figure label={t('webhooks:column.rejected')} value={format.number(hook.rejected)} to={behind('rejected')} />
      {hook.url && (
        <div>
          <Text size="xs" c="dimmed" mb={4}>
            {t('webhooks:in.address')}
          </Text>
          <CopyText text={hook.url} label={t('webhooks:in.copy')} />
        </div>
      )}
      <Text size="sm">{t('webhooks:in.intoSource', { source: hook.sourceLabel, verify: t(`webhooks:verify.${hook.verify.kind}`) })}</Text>
      <Text size="xs" c="dimmed">
        {t('webhooks:madeBy', { name: hook.createdBy, date: format.date(hook.createdAt) })}
      </Text>
    </Stack>
  );
}
