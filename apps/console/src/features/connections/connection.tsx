import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { isOver, useJob } from '../../api/jobs.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconColumns3, IconDots, IconHistory, IconPlayerPause, IconPlayerPlay, IconRefresh, IconSettings } from '../../ui/icons.ts';
import { ActionIcon, Alert, Button, Group, Menu, Stack, Text } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordPage } from '../../ui/record-page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { useImportWords } from '../imports/import-words.ts';
import { ColumnsTab, SettingsTab } from './connection-tabs.tsx';
import { ConnectionState } from './connection-state.tsx';
import { DriftNote } from './drift-note.tsx';
import { RunsTab } from './runs-tab.tsx';
import { useScheduleWords } from './schedule-words.ts';
import type { ConnectionDetail } from './schemas.ts';
import type { ConnectionSearch } from './search.ts';

const LIVELY_MS = 1_500;
const SETTLED_MS = 15_000;
const CHANGED = ['/connections', '/imports', '/sources'];

/** One connection: how it goes, what it brought, and what can be done with it. */
export default function ConnectionScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const [words, change] = useWords<ConnectionSearch>();
  const { data: first, error, refetch } = useGet<ConnectionDetail>(`/connections/${id}`, {}, { every: SETTLED_MS });
  const refresh = useRefresh();
  const can = useCan();
  const [asked, setAsked] = useState<string>();
  const job = useJob(can('job.read') ? asked : null, () => void refresh(...CHANGED));
  // From the moment somebody asks for it, and not only from when it has begun.
  const lively = first?.state === 'running' || (job !== undefined && !isOver(job));
  const { data: latest } = useGet<ConnectionDetail>(`/connections/${id}`, {}, { enabled: lively, every: lively ? LIVELY_MS : false });
  const connection = latest ?? first;
  if (error && !connection) {
    return (
      <Page title={t('nav:connections')}>
        <ErrorNote error={error} retry={() => void refetch()} />
      </Page>
    );
  }
  if (!connection) {
    return (
      <Page title={t('nav:connections')}>
        <BlockSkeleton height={360} />
      </Page>
    );
  }
  const { lastRun } = connection;
  return (
    <RecordPage
      title={connection.name}
      aside={<ConnectionState state={connection.state} />}
      actions={<Actions connection={connection} onAsked={setAsked} />}
      summary={<Summary connection={connection} />}
      tab={words.tab ?? 'runs'}
      onTab={(tab) => change({ tab: tab as 'runs' })}
      tabs={[
        {
          id: 'runs',
          label: t('connections:tab.runs'),
          icon: IconHistory,
          content: () => (
            <Stack gap="lg">
              <DriftNote connection={connection} />
              {connection.state === 'failing' && lastRun?.error && (
                <Alert color="red" variant="light" title={t('connections:failing', { count: connection.failures })}>
                  {lastRun.error.message}
                </Alert>
              )}
              <RunsTab connection={connection} lively={lively} />
            </Stack>
          ),
        },
        { id: 'columns', label: t('connections:tab.columns'), icon: IconColumns3, content: () => <ColumnsTab connection={connection} /> },
        {
          id: 'settings',
          label: t('connections:tab.settings'),
          icon: IconSettings,
          content: () => <SettingsTab connection={connection} />,
        },
      ]}
    />
  );
}

function Actions({ connection, onAsked }: { connection: ConnectionDetail; onAsked: (jobId: string) => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const refresh = useRefresh();
  const [asking, setAsking] = useState<'rewind' | 'remove'>();
  const { id, name, enabled, state } = connection;

  const run = useSend<void, { jobId: string }>(() => ({ path: `/connections/${id}/run` }), {
    refreshes: ['/connections'],
    onDone: (begun) => {
      onAsked(begun.jobId);
      tell(t('connections:act.started'));
    },
  });
  const pause = useSend<boolean, ConnectionDetail>((on) => ({ method: 'PATCH', path: `/connections/${id}`, body: { enabled: on } }), {
    refreshes: ['/connections'],
    onDone: (_, on) => {
      if (on) tell(t('connections:act.resumed'));
      else
        tellUndo(t('connections:act.paused'), async () => {
          await call({ method: 'PATCH', path: `/connections/${id}`, body: { enabled: true } });
          await refresh('/connections');
        });
    },
  });
  const rewind = useSend<void, ConnectionDetail>(() => ({ path: `/connections/${id}/rewind` }), {
    refreshes: ['/connections'],
    onDone: () => {
      setAsking(undefined);
      tell(t('connections:act.rewound'));
    },
  });
  const remove = useSend<void>(() => ({ method: 'DELETE', path: `/connections/${id}` }), {
    onDone: () => {
      setAsking(undefined);
      void go({ to: '/connections' }).then(() => refresh('/connections'));
      tellUndo(t('connections:act.removed', { name }), async () => {
        await call({ method: 'POST', path: `/connections/${id}/restore` });
        await refresh('/connections');
        await go({ to: `/connections/${id}` });
      });
    },
  });
  if (!can('connection.write')) return null;
  return (
    <Group gap="xs" wrap="nowrap">
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('connections:act.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {can('import.run') && (
            <Menu.Item onClick={() => void go({ to: '/connections/new', search: { edit: id, step: 'where' } })}>
              {t('connections:act.edit')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => setAsking('rewind')}>{t('connections:act.rewind')}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsking('remove')}>
            {t('connections:act.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="default"
        leftSection={enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        loading={pause.isPending}
        onClick={() => pause.mutate(!enabled)}
      >
        {t(enabled ? 'connections:act.pause' : 'connections:act.resume')}
      </Button>
      <Button leftSection={<IconRefresh size={16} />} loading={run.isPending} disabled={state === 'running'} onClick={() => run.mutate()}>
        {t('connections:act.run')}
      </Button>
      <Confirm
        opened={asking === 'rewind'}
        onClose={() => setAsking(undefined)}
        title={t('connections:act.rewindTitle')}
        action={t('connections:act.rewind')}
        onConfirm={() => rewind.mutate()}
        busy={rewind.isPending}
      >
        {t('connections:act.rewindText')}
      </Confirm>
      <Confirm
        opened={asking === 'remove'}
        onClose={() => setAsking(undefined)}
        title={t('connections:act.removeTitle', { name })}
        action={t('connections:act.remove')}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
        harmful
      >
        {t('connections:act.removeText')}
      </Confirm>
    </Group>
  );
}

function Summary({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useImportWords();
  const { schedule } = useScheduleWords();
  const { lastRun, nextAt, rowsNew, sourceId } = connection;
  return (
    <Stack gap="md">
      <Text size="sm" component="div">
        {t(`connections:kind.${connection.kind}.name`)}
        <br />
        <Text span size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {connection.place}
        </Text>
      </Text>
      <Text size="sm">
        {words.kind(connection.importKind)} ·{' '}
        <Link to="/imports" search={{ source: sourceId }} size="sm">
          {connection.sourceLabel}
        </Link>
      </Text>
      <Figure label={t('connections:list.column.rows')} definition={t('connections:list.rowsHelp')} value={format.number(rowsNew)} />
      <Figure
        label={t('connections:list.column.lastRun')}
        value={lastRun ? format.relative(lastRun.startedAt) : t('connections:never')}
        note={lastRun ? format.dateTime(lastRun.startedAt) : undefined}
      />
      <Figure
        label={t('connections:list.column.nextAt')}
        value={nextAt ? format.relative(nextAt) : t(connection.enabled ? 'connections:byHand' : 'connections:state.paused')}
        note={schedule(connection.schedule)}
      />
      {connection.cursor !== null && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('connections:reached', { at: connection.cursor })}
        </Text>
      )}
    </Stack>
  );
}
