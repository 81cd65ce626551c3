import { useTranslation } from 'react-i18next';
import { useGet, usePage, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconInbox, IconRefresh } from '../../ui/icons.ts';
import { Alert, Button, Code, Drawer, Group, Select, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton, RowSkeletons } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { prettyJson } from './pretty-json.ts';
import { Reasons } from './reasons.tsx';
import type { Hook, HookMessage, HookMessageDetail } from './schemas.ts';
import type { HookSearch } from './search.ts';
import { StateBadge } from './state-badge.tsx';

const STATES = ['waiting', 'done', 'ignored', 'rejected'] as const;

/** What came in the last thirty days, what it became, and why it did not. */
export function MessagesTab({ hook }: { hook: Hook }) {
  const { t } = useTranslation();
  const format = useFormat();
  const write = useCan()('connection.write');
  const [words, change] = useWords<HookSearch>();
  const rows = usePage<HookMessage>(`/hooks/${hook.id}/messages`, { state: words.state }, { every: 3_000 });
  const again = useSend<string[] | undefined, { replayed: number }>(
    (ids) => ({ path: `/hooks/${hook.id}/replay`, body: ids ? { ids } : {} }),
    {
      refreshes: ['/hooks'],
      onDone: ({ replayed }) => tell(t('webhooks:in.readAgain', { count: replayed })),
    },
  );
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <Select
          label={t('webhooks:column.state')}
          placeholder={t('common:all')}
          clearable
          clearButtonProps={{ 'aria-label': t('common:clear') }}
          value={words.state ?? null}
          onChange={(state) => change({ state: (state as HookSearch['state']) ?? undefined })}
          data={STATES.map((state) => ({ value: state, label: t(`webhooks:state.${state}`) }))}
          w={180}
        />
        {write && hook.rejected > 0 && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={again.isPending}
            onClick={() => again.mutate(undefined)}
          >
            {t('webhooks:in.readAll', { count: hook.rejected })}
          </Button>
        )}
      </Group>
      {rows.error ? (
        <ErrorNote error={rows.error} retry={rows.retry} />
      ) : rows.loading ? (
        <RowSkeletons rows={6} />
      ) : rows.rows.length === 0 ? (
        <EmptyState icon={IconInbox} title={t('webhooks:in.none.title')}>
          {t(words.state ? 'webhooks:messages.empty.filtered' : 'webhooks:in.none.text')}
        </EmptyState>
      ) : (
        <SimpleTable<HookMessage>
          caption={t('webhooks:tab.received')}
          rows={rows.rows}
          rowId={({ id }) => id}
          columns={[
            {
              id: 'when',
              header: t('webhooks:column.when'),
              cell: ({ id, receivedAt }) => (
                <Link to="/hooks/$id" params={{ id: hook.id }} search={{ ...words, message: id }} size="sm">
                  {format.dateTime(receivedAt)}
                </Link>
              ),
            },
            { id: 'state', header: t('webhooks:column.state'), cell: ({ state }) => <StateBadge state={state} /> },
            { id: 'what', header: t('webhooks:column.became'), prose: true, cell: (row) => <Became message={row} /> },
            { id: 'size', header: t('webhooks:column.size'), align: 'right', cell: ({ bytes }) => format.bytes(bytes) },
            {
              id: 'again',
              header: t('people:list.actions'),
              align: 'right',
              cell: (row) =>
                write &&
                (row.state === 'rejected' || row.state === 'ignored') && (
                  <Button
                    size="xs"
                    variant="subtle"
                    onClick={() => again.mutate([row.id])}
                    aria-label={t('webhooks:act.readName', { when: format.dateTime(row.receivedAt) })}
                  >
                    {t('webhooks:act.read')}
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
      {words.message && <MessageDrawer id={words.message} onClose={() => change({ message: undefined })} />}
    </Stack>
  );
}

function Became({ message: { result, reasons } }: { message: HookMessage }) {
  const { t } = useTranslation();
  if (reasons.length > 0) return <Reasons reasons={reasons} />;
  if (!result) return null;
  const said = [
    result.purchases > 0 && t('webhooks:in.lines', { count: result.purchases }),
    result.contacts > 0 && t('webhooks:in.contacts', { count: result.contacts }),
  ].filter(Boolean);
  return (
    <Text size="sm" component="span">
      {result.customers.slice(0, 3).map(({ key, customerId }, n) => (
        <span key={key}>
          {n > 0 && ', '}
          {customerId ? (
            <Link to="/customers/$id" params={{ id: customerId }} size="sm">
              {key}
            </Link>
          ) : (
            key
          )}
        </span>
      ))}
      {said.length > 0 && ` · ${said.join(' · ')}`}
    </Text>
  );
}

function MessageDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<HookMessageDetail>(`/hook-messages/${id}`);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('webhooks:in.message')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <BlockSkeleton height={320} />
      ) : (
        <Stack gap="md">
          <Group gap="sm">
            <StateBadge state={data.state} />
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {data.deliveryKey}
            </Text>
          </Group>
          <Reasons reasons={data.reasons} />
          {data.masked && (
            <Alert variant="light" color="gray" role="note">
              {t('webhooks:message.masked')}
            </Alert>
          )}
          {Object.keys(data.headers).length > 0 && (
            <Code block tabIndex={0} aria-label={t('webhooks:message.headers')}>
              {Object.entries(data.headers)
                .map(([name, value]) => `${name}: ${value}`)
                .join('\n')}
            </Code>
          )}
          <Code block tabIndex={0} aria-label={t('webhooks:message.body')}>
            {prettyJson(data.body)}
          </Code>
        </Stack>
      )}
    </Drawer>
  );
}
