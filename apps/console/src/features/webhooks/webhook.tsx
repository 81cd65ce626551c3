import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDots, IconListDetails, IconPlayerPlay, IconSettings } from '../../ui/icons.ts';
import { ActionIcon, Alert, Button, Group, Menu, Stack, Text } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordPage } from '../../ui/record-page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { DeliveriesTab } from './deliveries-tab.tsx';
import { ReplaceSecret } from './replace-secret.tsx';
import type { TestResult, Webhook } from './schemas.ts';
import type { WebhookSearch } from './search.ts';
import { SettingsTab } from './settings-tab.tsx';
import { StateBadge } from './state-badge.tsx';

export default function WebhookScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const [words, change] = useWords<WebhookSearch>();
  const write = useCan()('connection.write');
  const { data: webhook, error, refetch } = useGet<Webhook>(`/webhooks/${id}`, {}, { every: 4_000 });
  if (error && !webhook) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!webhook)
    return (
      <Page title="">
        <BlockSkeleton height={480} />
      </Page>
    );
  return (
    <RecordPage
      title={webhook.name}
      aside={<StateBadge state={webhook.state} />}
      actions={write && <Actions webhook={webhook} />}
      summary={<Summary webhook={webhook} />}
      tabs={[
        { id: 'messages', label: t('webhooks:tab.messages'), icon: IconListDetails, content: () => <DeliveriesTab webhook={webhook} /> },
        ...(write
          ? [
              {
                id: 'settings',
                label: t('webhooks:tab.settings'),
                icon: IconSettings,
                content: () => <SettingsTab key={webhook.id} webhook={webhook} />,
              },
            ]
          : []),
      ]}
      tab={words.tab ?? 'messages'}
      onTab={(tab) => change({ tab })}
    />
  );
}

function Actions({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const go = useGo();
  const refresh = useRefresh();
  const [replacing, setReplacing] = useState(false);
  const path = `/webhooks/${webhook.id}`;
  const test = useSend<void, TestResult>(() => ({ path: `${path}/test` }), {
    refreshes: ['/webhooks'],
    onDone: ({ ok, status, error }) =>
      tell(
        ok
          ? t('webhooks:test.fine', { status })
          : t('webhooks:test.bad', { why: status ?? t(`webhooks:error.${error}`, { defaultValue: error ?? '' }) }),
      ),
  });
  const turn = useSend<'on' | 'paused', Webhook>((state) => ({ method: 'PATCH', path, body: { state } }), { refreshes: ['/webhooks'] });
  const remove = useSend(() => ({ method: 'DELETE', path }), {
    onDone: () => {
      void go({ to: '/webhooks' });
      void refresh('/webhooks');
      tellUndo(t('webhooks:removed', { name: webhook.name }), async () => {
        await call({ method: 'POST', path: `${path}/restore` });
        await refresh('/webhooks');
      });
    },
  });
  return (
    <Group gap="xs" wrap="nowrap">
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('webhooks:act.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setReplacing(true)}>{t('webhooks:act.secret')}</Menu.Item>
          {webhook.state === 'on' && <Menu.Item onClick={() => turn.mutate('paused')}>{t('webhooks:act.pause')}</Menu.Item>}
          <Menu.Item onClick={() => remove.mutate()}>{t('common:delete')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {webhook.state !== 'on' && (
        <Button leftSection={<IconPlayerPlay size={16} />} loading={turn.isPending} onClick={() => turn.mutate('on')}>
          {t('webhooks:act.on')}
        </Button>
      )}
      <Button variant={webhook.state === 'on' ? 'filled' : 'default'} loading={test.isPending} onClick={() => test.mutate()}>
        {t('webhooks:act.test')}
      </Button>
      {replacing && <ReplaceSecret webhook={webhook} onClose={() => setReplacing(false)} />}
    </Group>
  );
}

function Summary({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="md">
      {webhook.state !== 'on' && (
        <Alert color={webhook.state === 'paused' ? 'gray' : 'red'} variant="light" role="note">
          {t(`webhooks:why.${webhook.state}`, { when: format.relative(webhook.stateAt) })}
        </Alert>
      )}
      {webhook.state === 'on' && webhook.failingSince && (
        <Alert color="yellow" variant="light" role="note">
          {t('webhooks:why.trouble', { when: format.relative(webhook.failingSince) })}
        </Alert>
      )}
      <Figure
        label={t('webhooks:column.delivered')}
        value={format.number(webhook.deliveredToday)}
        definition={t('webhooks:definition.delivered')}
      />
      <Figure
        label={t('webhooks:column.waiting')}
        value={format.number(webhook.waiting)}
        to={{ to: '/webhooks/$id', params: { id: webhook.id }, search: { state: 'waiting' } }}
      />
      <Figure
        label={t('webhooks:column.dead')}
        value={format.number(webhook.dead)}
        definition={t('webhooks:definition.dead')}
        to={{ to: '/webhooks/$id', params: { id: webhook.id }, search: { state: 'dead' } }}
      />
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {webhook.url}
      </Text>
      <Text size="sm">
        {t(`webhooks:tells.${webhook.details}`, {
          events: format.list(webhook.events.map((type) => t(`webhooks:event.${type}`, { defaultValue: type }))),
        })}
      </Text>
      {webhook.formerUntil && (
        <Text size="sm" c="dimmed">
          {t('webhooks:secret.both', { when: format.dateTime(webhook.formerUntil) })}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t('webhooks:madeBy', { name: webhook.createdBy, date: format.date(webhook.createdAt) })}
      </Text>
    </Stack>
  );
}
