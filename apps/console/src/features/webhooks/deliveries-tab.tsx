import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconListDetails, IconRefresh } from '../../ui/icons.ts';
import { Button, Group, Select, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { ReplaySince } from './replay-since.tsx';
import type { Delivery, Webhook } from './schemas.ts';
import type { WebhookSearch } from './search.ts';
import { StateBadge } from './state-badge.tsx';

const STATES = ['waiting', 'delivered', 'dead'] as const;

/** The messages of the last thirty days: what arrived, what waits, what was given up. */
export function DeliveriesTab({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const format = useFormat();
  const write = useCan()('connection.write');
  const [words, change] = useWords<WebhookSearch>();
  const [since, setSince] = useState(false);
  const rows = usePage<Delivery>(`/webhooks/${webhook.id}/deliveries`, { state: words.state, type: words.type }, { every: 3_000 });
  const again = useSend<string, { replayed: number }>((id) => ({ path: `/webhooks/${webhook.id}/replay`, body: { ids: [id] } }), {
    refreshes: ['/webhooks', '/webhook-deliveries'],
    onDone: () => tell(t('webhooks:replayed', { count: 1 })),
  });
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <Select
          label={t('webhooks:column.state')}
          placeholder={t('common:all')}
          clearable
          clearButtonProps={{ 'aria-label': t('common:clear') }}
          value={words.state ?? null}
          onChange={(state) => change({ state: (state as WebhookSearch['state']) ?? undefined })}
          data={STATES.map((state) => ({ value: state, label: t(`webhooks:state.${state}`) }))}
          w={180}
        />
        <Select
          label={t('webhooks:column.event')}
          placeholder={t('common:all')}
          clearable
          clearButtonProps={{ 'aria-label': t('common:clear') }}
          value={words.type ?? null}
          onChange={(type) => change({ type: type ?? undefined })}
          data={webhook.events.map((type) => ({ value: type, label: t(`webhooks:event.${type}`, { defaultValue: type }) }))}
          w={240}
        />
        {write && (
          <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => setSince(true)}>
            {t('webhooks:replay.title')}
          </Button>
        )}
      </Group>
      {rows.error ? (
        <ErrorNote error={rows.error} retry={rows.retry} />
      ) : rows.loading ? (
        <RowSkeletons rows={6} />
      ) : rows.rows.length === 0 ? (
        <EmptyState icon={IconListDetails} title={t('webhooks:messages.empty.title')}>
          {t(words.state || words.type ? 'webhooks:messages.empty.filtered' : 'webhooks:messages.empty.text')}
        </EmptyState>
      ) : (
        <SimpleTable<Delivery>
          caption={t('webhooks:tab.messages')}
          rows={rows.rows}
          rowId={({ id }) => id}
          columns={[
            { id: 'when', header: t('webhooks:column.when'), cell: ({ occurredAt }) => format.dateTime(occurredAt) },
            {
              id: 'event',
              header: t('webhooks:column.event'),
              cell: ({ id, type }) => (
                <Link to="/webhooks/$id" params={{ id: webhook.id }} search={{ ...words, message: id }} size="sm">
                  {t(`webhooks:event.${type}`, { defaultValue: type })}
                </Link>
              ),
            },
            { id: 'state', header: t('webhooks:column.state'), cell: ({ state }) => <StateBadge state={state} /> },
            {
              id: 'answer',
              header: t('webhooks:column.answer'),
              cell: (row) => (
                <>
                  {row.status ?? (row.error ? t(`webhooks:error.${row.error}`, { defaultValue: row.error }) : '')}
                  {row.nextAt && row.attempts > 0 && (
                    <Text size="xs" c="dimmed">
                      {t('webhooks:next', { when: format.relative(row.nextAt) })}
                    </Text>
                  )}
                </>
              ),
            },
            { id: 'attempts', header: t('webhooks:column.attempts'), align: 'right', cell: ({ attempts }) => format.number(attempts) },
            {
              id: 'again',
              header: t('people:list.actions'),
              align: 'right',
              cell: (row) =>
                write &&
                row.state !== 'waiting' && (
                  <Button
                    size="xs"
                    variant="subtle"
                    onClick={() => again.mutate(row.id)}
                    aria-label={t('webhooks:act.againName', { when: format.dateTime(row.occurredAt) })}
                  >
                    {t('webhooks:act.again')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {rows.more && (
        <Button variant="default" loading={rows.fetchingMore} onClick={rows.fetchMore} style={{ alignSelf: 'center' }}>
          {t('common:more')}
        </Button>
      )}
      {words.message && <DeliveryDrawer id={words.message} onClose={() => change({ message: undefined })} />}
      {since && <ReplaySince webhook={webhook} onClose={() => setSince(false)} />}
    </Stack>
  );
}
