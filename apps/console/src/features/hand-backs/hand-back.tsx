import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { address, call } from '../../api/client.ts';
import { useGet, usePage, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDots, IconDownload, IconEdit, IconHistory, IconListDetails } from '../../ui/icons.ts';
import { ActionIcon, Alert, Badge, Button, Group, List, Menu, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Link, useGo } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordPage } from '../../ui/record-page.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton, RowSkeletons } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { useScheduleWords } from '../connections/schedule-words.ts';
import { useFieldWords } from './field-words.ts';
import { RunBadge } from './run-badge.tsx';
import type { HandBack, HandBackField, HandBackRun } from './schemas.ts';
import { useTargetWords } from './target-words.ts';

export default function HandBackScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const [words, change] = useWords<{ tab?: string }>();
  const write = useCan()('connection.write');
  const { data: handBack, error, refetch } = useGet<HandBack>(`/hand-backs/${id}`, {}, { every: 3_000 });
  if (error && !handBack) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!handBack)
    return (
      <Page title="">
        <BlockSkeleton height={480} />
      </Page>
    );
  return (
    <RecordPage
      title={handBack.name}
      aside={
        <Badge variant="default" tt="none" fw={500}>
          {t(`handback:state.${handBack.state}`)}
        </Badge>
      }
      actions={write && <Actions handBack={handBack} />}
      summary={<Summary handBack={handBack} />}
      tabs={[
        { id: 'runs', label: t('handback:tab.runs'), icon: IconHistory, content: () => <Runs handBack={handBack} /> },
        { id: 'fields', label: t('handback:tab.fields'), icon: IconListDetails, content: () => <Fields handBack={handBack} /> },
      ]}
      tab={words.tab ?? 'runs'}
      onTab={(tab) => change({ tab })}
    />
  );
}

function Actions({ handBack }: { handBack: HandBack }) {
  const { t } = useTranslation();
  const go = useGo();
  const can = useCan();
  const refresh = useRefresh();
  const path = `/hand-backs/${handBack.id}`;
  const run = useSend(() => ({ path: `${path}/run` }), { refreshes: ['/hand-backs', '/jobs'], onDone: () => tell(t('handback:asked')) });
  const turn = useSend<'on' | 'paused', HandBack>((state) => ({ method: 'PATCH', path, body: { state } }), { refreshes: ['/hand-backs'] });
  const remove = useSend(() => ({ method: 'DELETE', path }), {
    onDone: () => {
      void go({ to: '/hand-backs' });
      void refresh('/hand-backs');
      tellUndo(t('handback:removed', { name: handBack.name }), async () => {
        await call({ method: 'POST', path: `${path}/restore` });
        await refresh('/hand-backs');
      });
    },
  });
  return (
    <Group gap="xs" wrap="nowrap">
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('handback:act.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => turn.mutate(handBack.state === 'on' ? 'paused' : 'on')}>
            {t(handBack.state === 'on' ? 'handback:act.pause' : 'handback:act.on')}
          </Menu.Item>
          <Menu.Item onClick={() => remove.mutate()}>{t('common:delete')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {can('customer.read') && (
        <LinkButton variant="default" to="/hand-backs/$id/edit" params={{ id: handBack.id }} leftSection={<IconEdit size={16} />}>
          {t('common:edit')}
        </LinkButton>
      )}
      <Button loading={run.isPending} disabled={handBack.lastRun?.state === 'running'} onClick={() => run.mutate()}>
        {t('handback:act.run')}
      </Button>
    </Group>
  );
}

function Summary({ handBack }: { handBack: HandBack }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { schedule } = useScheduleWords();
  const where = useTargetWords();
  const { lastRun, list } = handBack;
  return (
    <Stack gap="md">
      {lastRun?.state === 'failed' && lastRun.error && (
        <Alert color="red" variant="light" role="note">
          {lastRun.error.message}
        </Alert>
      )}
      {list.kind === 'segment' && handBack.listName === null && (
        <Alert color="red" variant="light" role="note">
          {t('handback:who.gone')}
        </Alert>
      )}
      <Figure
        label={t('handback:column.written')}
        value={lastRun?.state === 'done' ? format.number(lastRun.written) : '–'}
        note={lastRun ? format.relative(lastRun.startedAt) : t('handback:never')}
      />
      <Text size="sm">
        {list.kind === 'segment' ? (
          <Link to="/segments/$id" params={{ id: list.id }} size="sm">
            {handBack.listName ?? t('handback:who.segment')}
          </Link>
        ) : (
          <Link to="/customers" search={list.filter as Record<string, string>} size="sm">
            {t(Object.keys(list.filter).length > 0 ? 'handback:who.filtered' : 'handback:who.everybody')}
          </Link>
        )}
      </Text>
      <Text size="sm">{where(handBack.target)}</Text>
      <Text size="sm">
        {schedule(handBack.schedule)}
        {handBack.nextAt && ` · ${t('handback:next', { when: format.relative(handBack.nextAt) })}`}
      </Text>
      <Text size="sm">{t(`handback:mode.${handBack.mode}`)}</Text>
      {handBack.hasFile && can('customer.export') && (
        <Button
          component="a"
          variant="default"
          href={address(`/hand-backs/${handBack.id}/file`)}
          download
          leftSection={<IconDownload size={16} />}
        >
          {t('handback:act.download')}
        </Button>
      )}
      <Text size="xs" c="dimmed">
        {t('handback:by', { name: handBack.configuredBy })}
      </Text>
    </Stack>
  );
}

function Runs({ handBack }: { handBack: HandBack }) {
  const { t } = useTranslation();
  const format = useFormat();
  const runs = usePage<HandBackRun>(`/hand-backs/${handBack.id}/runs`, {}, { every: 3_000 });
  if (runs.error) return <ErrorNote error={runs.error} retry={runs.retry} />;
  if (runs.loading) return <RowSkeletons rows={6} />;
  if (runs.rows.length === 0)
    return (
      <EmptyState icon={IconHistory} title={t('handback:runs.empty.title')}>
        {t('handback:runs.empty.text')}
      </EmptyState>
    );
  return (
    <Stack gap="md">
      <SimpleTable<HandBackRun>
        caption={t('handback:tab.runs')}
        rows={runs.rows}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'when',
            header: t('handback:column.startedAt'),
            cell: ({ startedAt, askedBy }) => (
              <>
                {format.dateTime(startedAt)}
                <Text size="xs" c="dimmed">
                  {askedBy}
                </Text>
              </>
            ),
          },
          {
            id: 'state',
            header: t('handback:column.last'),
            cell: ({ state, startedAt, endedAt }) => (
              <>
                <RunBadge state={state} />
                {endedAt && (
                  <Text size="xs" c="dimmed">
                    {format.duration(Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)))}
                  </Text>
                )}
              </>
            ),
          },
          { id: 'customers', header: t('handback:column.customers'), align: 'right', cell: (run) => format.number(run.customers) },
          { id: 'written', header: t('handback:column.written'), align: 'right', cell: (run) => format.number(run.written) },
          { id: 'removed', header: t('handback:column.removed'), align: 'right', cell: (run) => format.number(run.removed) },
          {
            id: 'detail',
            header: t('handback:column.detail'),
            prose: true,
            cell: ({ error, fileName, bytes }) =>
              error?.message ?? (fileName && `${fileName}${bytes === null ? '' : ` · ${format.bytes(bytes)}`}`),
          },
        ]}
      />
      {runs.more && (
        <Button variant="default" loading={runs.fetchingMore} onClick={runs.fetchMore} style={{ alignSelf: 'center' }}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
}

function Fields({ handBack }: { handBack: HandBack }) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const { data } = useGet<{ items: HandBackField[] }>('/hand-backs/fields');
  if (!data) return <RowSkeletons rows={6} />;
  const chosen = handBack.fields.flatMap((id) => data.items.find((field) => field.id === id) ?? []);
  return (
    <List size="sm" spacing="xs">
      <List.Item>
        {t('handback:field.id')}{' '}
        <Text span size="xs" c="dimmed" ff="monospace" lang="zxx">
          customer_id
        </Text>
      </List.Item>
      {chosen.map((field) => (
        <List.Item key={field.id}>
          {words(field)}{' '}
          <Text span size="xs" c="dimmed" ff="monospace" lang="zxx">
            {field.column}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
