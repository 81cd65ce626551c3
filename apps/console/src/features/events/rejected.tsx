import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconCheck, IconRefresh, IconTrash } from '../../ui/icons.ts';
import { Button, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { eventName } from './event-words.ts';
import { RejectedDrawer } from './rejected-drawer.tsx';
import { useRejectedWords } from './rejected-words.ts';
import { ReplayAll } from './replay-all.tsx';
import type { Rejected as Row, RejectedCounts, Sender } from './schemas.ts';
import type { RejectedSearch } from './search.ts';
import { useErrors } from './use-errors.ts';

const EVERY_MS = 4_000;

/** Events that could not be taken in: where and why, to be sent again once it is put right, or to be let go. */
export default function Rejected() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const say = useRejectedWords();
  const [words, change] = useWords<RejectedSearch>();
  const [all, setAll] = useState(false);
  const state = words.state ?? 'open';
  const senders = useGet<{ items: Sender[] }>('/event-sources');
  const counts = useGet<RejectedCounts>('/event-errors/counts', { source: words.source, state }, { every: EVERY_MS });
  const rows = usePage<Row>('/event-errors', { source: words.source, reason: words.reason, state }, { every: EVERY_MS, staleTime: 0 });
  const { replay, dismiss, restore } = useErrors();
  const write = can('source.write');
  const total = words.reason ? (counts.data?.reasons.find(({ reason }) => reason === words.reason)?.count ?? 0) : (counts.data?.total ?? 0);
  return (
    <>
      <ListPage<Row>
        screen="event-errors"
        title={t('events:rejected.title')}
        count={counts.data && { count: total, exact: true }}
        actions={
          <>
            <LinkButton to="/events" variant="default">
              {t('nav:live')}
            </LinkButton>
            {write && state === 'open' && total > 0 && (
              <Button leftSection={<IconRefresh size={16} />} onClick={() => setAll(true)}>
                {t('events:rejected.all')}
              </Button>
            )}
          </>
        }
        rows={rows}
        rowId={({ id }) => id}
        rowName={(one) => `${eventName(t, one.name)} ${say.title(one)}`}
        rowLink={({ id }) => ({ to: '/events/rejected', search: { ...words, error: id } })}
        words={{ source: words.source, reason: words.reason, state: words.state }}
        onWords={(next, options) => change(next as Partial<RejectedSearch>, options)}
        filters={[
          {
            word: 'source',
            label: t('events:column.source'),
            options: (senders.data?.items ?? []).map(({ sourceId, label }) => ({ value: sourceId, label })),
          },
          {
            word: 'reason',
            label: t('events:column.reason'),
            options: (counts.data?.reasons ?? []).map(({ reason, count }) => ({
              value: reason,
              label: `${t(`events:reason.${reason}.title`)} (${format.number(count)})`,
            })),
          },
          {
            word: 'state',
            label: t('events:column.state'),
            options: (['open', 'replayed', 'dismissed'] as const).map((value) => ({ value, label: t(`events:errorState.${value}`) })),
          },
        ]}
        {...(write
          ? {
              bulk: (ids: string[], clear: () => void) =>
                state === 'dismissed' ? (
                  <Button
                    size="xs"
                    variant="default"
                    loading={restore.isPending}
                    onClick={() => restore.mutate({ ids }, { onSuccess: clear })}
                  >
                    {t('events:rejected.restore')}
                  </Button>
                ) : (
                  <>
                    <Button
                      size="xs"
                      leftSection={<IconRefresh size={14} />}
                      loading={replay.isPending}
                      onClick={() => replay.mutate({ ids }, { onSuccess: clear })}
                    >
                      {t('events:rejected.replay')}
                    </Button>
                    {state === 'open' && (
                      <Button
                        size="xs"
                        variant="default"
                        leftSection={<IconTrash size={14} />}
                        loading={dismiss.isPending}
                        onClick={() => dismiss.mutate({ ids }, { onSuccess: clear })}
                      >
                        {t('events:rejected.dismiss')}
                      </Button>
                    )}
                  </>
                ),
            }
          : {})}
        empty={
          <EmptyState icon={IconCheck} title={t('events:rejected.none')}>
            {t('events:rejected.noneText')}
          </EmptyState>
        }
        columns={[
          {
            id: 'name',
            header: t('events:column.what'),
            width: 180,
            cell: ({ type, name }) =>
              type === 'track' && name ? eventName(t, name) : t(`events:type.${type}`, { defaultValue: type || '–' }),
          },
          { id: 'reason', header: t('events:column.reason'), width: 220, cell: say.title },
          {
            id: 'where',
            header: t('events:column.where'),
            width: 220,
            definition: t('events:definition.where'),
            cell: (one) => (
              <Text span size="sm" ff="monospace">
                {say.where(one)}
              </Text>
            ),
          },
          { id: 'source', header: t('events:column.source'), width: 130, cell: ({ sourceLabel }) => sourceLabel },
          {
            id: 'times',
            header: t('events:column.times'),
            width: 80,
            align: 'right',
            definition: t('events:definition.times'),
            cell: ({ times }) => format.number(times),
          },
          {
            id: 'when',
            header: t('events:column.when'),
            width: 140,
            align: 'right',
            cell: ({ receivedAt }) => <span title={format.dateTime(receivedAt)}>{format.relative(receivedAt)}</span>,
          },
          { id: 'messageId', header: 'messageId', width: 180, hidden: true, cell: ({ messageId }) => messageId },
        ]}
      >
        {state === 'open' && rows.rows.length > 0 && (
          <Text size="sm" c="dimmed" pb="sm">
            {t('events:rejected.lead')}
          </Text>
        )}
      </ListPage>
      {words.error && <RejectedDrawer id={words.error} onClose={() => change({ error: undefined }, { replace: true })} />}
      {all && (
        <ReplayAll
          total={total}
          filter={{ ...(words.source ? { source: words.source } : {}), ...(words.reason ? { reason: words.reason } : {}) }}
          onClose={() => setAll(false)}
        />
      )}
    </>
  );
}
