import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconActivity, IconPlayerPause, IconPlayerPlay, IconPlugConnected } from '../../ui/icons.ts';
import { Button, Tooltip, useHotkeys } from '../../ui/kit.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { Connect } from './connect.tsx';
import { EventDrawer } from './event-drawer.tsx';
import { LiveFigures } from './live-figures.tsx';
import { useLiveColumns } from './live-columns.tsx';
import type { Live as Event, Sender } from './schemas.ts';
import type { LiveSearch } from './search.ts';
import { EVENT_TYPES } from './event-words.ts';

const EVERY_MS = 1_000;

/** Events as they arrive: what, from where, whose; taken in or rejected. */
export default function Live() {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const [words, change] = useWords<LiveSearch>();
  const [paused, setPaused] = useState(false);
  const senders = useGet<{ items: Sender[] }>('/event-sources');
  const columns = useLiveColumns();
  const { event, connect, search, ...asked } = words;
  const rows = usePage<Event>('/events', { ...asked, name: search }, { every: paused ? false : EVERY_MS, staleTime: 0 });

  const toggle = () => {
    // Older pages that were read meanwhile go: what is live is the newest page.
    if (paused) void client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] === '/events' && queryKey[2] === 'pages' });
    setPaused(!paused);
  };
  useHotkeys([['p', toggle]]);

  const connecting = can('source.write') && (
    <Button variant="default" leftSection={<IconPlugConnected size={16} />} onClick={() => change({ connect: 'yes' })}>
      {t('events:connect.action')}
    </Button>
  );
  const shown = rows.rows.find(({ id }) => id === event);
  return (
    <>
      <ListPage<Event>
        screen="events"
        title={t('nav:live')}
        actions={
          <>
            {connecting}
            <Tooltip label={t(paused ? 'events:live.resumeHelp' : 'events:live.pauseHelp')}>
              <Button
                onClick={toggle}
                aria-pressed={paused}
                variant={paused ? 'filled' : 'default'}
                leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
              >
                {t(paused ? 'events:live.resume' : 'events:live.pause')}
              </Button>
            </Tooltip>
          </>
        }
        rows={{
          ...rows,
          // Who reads further down is not to be moved about.
          fetchMore: () => {
            setPaused(true);
            rows.fetchMore();
          },
        }}
        rowId={({ id }) => id}
        rowName={(one) => `${one.sourceLabel} ${one.name || one.path || one.type}`}
        rowLink={({ id }) => ({ to: '/events', search: { ...words, event: id } })}
        words={{ source: words.source, type: words.type, search, whose: words.whose, state: words.state }}
        onWords={(next, options) => change(next as Partial<LiveSearch>, options)}
        searchPlaceholder={t('events:live.search')}
        filters={[
          {
            word: 'source',
            label: t('events:column.source'),
            options: (senders.data?.items ?? []).map(({ sourceId, label }) => ({ value: sourceId, label })),
          },
          {
            word: 'type',
            label: t('events:column.type'),
            options: EVENT_TYPES.map((type) => ({ value: type, label: t(`events:type.${type}`) })),
          },
          {
            word: 'whose',
            label: t('events:column.who'),
            options: (['known', 'unknown'] as const).map((value) => ({ value, label: t(`events:filter.${value}`) })),
          },
          {
            word: 'state',
            label: t('events:column.state'),
            options: (['taken', 'rejected'] as const).map((value) => ({ value, label: t(`events:filter.${value}`) })),
          },
        ]}
        empty={
          senders.data?.items.length === 0 ? (
            <EmptyState icon={IconActivity} title={t('events:empty.title')} action={connecting}>
              {t('events:empty.text')}
            </EmptyState>
          ) : (
            <EmptyState icon={IconActivity} title={t('events:empty.waiting')}>
              {t('events:empty.waitingText')}
            </EmptyState>
          )
        }
        columns={columns}
      >
        <LiveFigures paused={paused} source={words.source} />
      </ListPage>
      {event && <EventDrawer id={event} listed={shown} onClose={() => change({ event: undefined }, { replace: true })} />}
      <Connect opened={connect === 'yes'} onClose={() => change({ connect: undefined }, { replace: true })} />
    </>
  );
}
