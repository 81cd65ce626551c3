import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isOver, type JobRun, useLiveJobs } from '../../api/jobs.ts';
import { usePage, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Progress, Text } from '../../ui/kit.ts';
import { IconListDetails } from '../../ui/icons.ts';
import { JobState } from '../../ui/job-progress.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { tell } from '../../ui/tell.tsx';
import { Why } from '../../ui/why.tsx';
import type { JobsSearch } from './search.ts';

const STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

export default function Jobs() {
  const { t } = useTranslation();
  const format = useFormat();
  const manages = useCan()('job.manage');
  const [words, change] = useWords<JobsSearch>();
  const read = usePage<JobRun>('/jobs', { state: words.state });
  const rows = useWithLive(read, words.state);
  const name = (job: JobRun) => t(`jobs:name.${job.name}`, { defaultValue: job.name });

  return (
    <ListPage<JobRun>
      screen="jobs"
      title={t('nav:jobs')}
      rows={rows}
      rowId={({ id }) => id}
      rowName={name}
      words={words}
      onWords={change as never}
      filters={[
        {
          word: 'state',
          label: t('shell:jobs.state'),
          options: STATES.map((state) => ({ value: state, label: t(`jobs:state.${state}`) })),
        },
      ]}
      empty={
        <EmptyState title={t('shell:jobs.emptyTitle')} icon={IconListDetails}>
          {t('jobs:empty')}
        </EmptyState>
      }
      columns={[
        { id: 'name', header: t('shell:jobs.what'), width: 180, cell: name },
        { id: 'state', header: t('shell:jobs.state'), width: 130, cell: (job) => <State job={job} /> },
        { id: 'progress', header: t('shell:jobs.progress'), width: 250, cell: (job) => <Progressing job={job} /> },
        { id: 'by', header: t('shell:jobs.by'), width: 130, cell: ({ actor }) => actor?.name ?? t('common:product') },
        {
          id: 'created',
          header: t('shell:jobs.when'),
          width: 130,
          align: 'right',
          cell: ({ createdAt }) => <span title={format.dateTime(createdAt)}>{format.relative(createdAt)}</span>,
        },
        {
          id: 'took',
          header: t('shell:jobs.took'),
          width: 100,
          align: 'right',
          cell: ({ startedAt, endedAt }) => startedAt && endedAt && format.duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000),
        },
        {
          id: 'attempt',
          header: t('shell:jobs.attempts'),
          width: 90,
          align: 'right',
          hidden: true,
          cell: ({ attempt }) => format.number(attempt),
        },
        {
          id: 'actions',
          header: t('people:list.actions'),
          width: 120,
          align: 'right',
          interactive: true,
          cell: (job) => manages && job.state !== 'done' && <Actions job={job} name={name(job)} />,
        },
      ]}
    />
  );
}

/** The page as it was read, with what the stream has said since; a job begun meanwhile comes on top. */
function useWithLive(read: ReturnType<typeof usePage<JobRun>>, state: JobRun['state'] | undefined) {
  const live = useLiveJobs();
  return useMemo(() => {
    const now = new Map(live.map((job) => [job.id, job]));
    const known = new Set(read.rows.map(({ id }) => id));
    const begun = read.loading ? [] : live.filter((job) => !known.has(job.id) && !isOver(job));
    return { ...read, rows: [...begun, ...read.rows.map((job) => now.get(job.id) ?? job)].filter((job) => !state || job.state === state) };
  }, [read, live, state]);
}

function State({ job }: { job: JobRun }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" wrap="nowrap" display="inline-flex">
      <JobState state={job.state} />
      {job.error && (
        <Why about={t('shell:jobs.failure')}>
          <Text size="sm">{job.error.message}</Text>
          <Text size="xs" c="dimmed">
            {t('common:errorCode', { code: job.error.code })} · {t('jobs:attempt', { attempt: job.attempt })}
          </Text>
        </Why>
      )}
    </Group>
  );
}

function Progressing({ job }: { job: JobRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = [
    job.phase && job.state === 'running' && t(`jobs:phase.${job.phase}`, { defaultValue: job.phase }),
    // Work that turned out to be less than it might have been is done all the same: "0 of 4" would say otherwise.
    job.total && !(job.state === 'done' && job.done < job.total)
      ? t('jobs:progress', { done: format.number(job.done), total: format.number(job.total) })
      : job.done > 0 && format.number(job.done),
    job.state === 'running' && job.secondsLeft && job.secondsLeft >= 1 && t('jobs:left', { time: format.duration(job.secondsLeft) }),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <>
      {job.state === 'running' && (
        <Progress
          value={job.total ? (job.done / job.total) * 100 : 100}
          size={4}
          animated={!job.total}
          striped={!job.total}
          aria-label={t('shell:jobs.progress')}
        />
      )}
      <Text span size={job.state === 'running' ? 'xs' : 'sm'} c={job.state === 'running' ? 'dimmed' : undefined}>
        {said || job.detail}
      </Text>
    </>
  );
}

function Actions({ job, name }: { job: JobRun; name: string }) {
  const { t } = useTranslation();
  const cancel = useSend<void, JobRun>(() => ({ path: `/jobs/${job.id}/cancel` }), {
    refreshes: ['/jobs'],
    onDone: () => tell(t('shell:jobs.cancelling', { name })),
  });
  const retry = useSend<void, JobRun>(() => ({ path: `/jobs/${job.id}/retry` }), {
    refreshes: ['/jobs'],
    onDone: () => tell(t('shell:jobs.again', { name })),
  });
  if (!isOver(job)) {
    return (
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
        aria-label={t('shell:job.cancelName', { name })}
      >
        {t('common:cancel')}
      </Button>
    );
  }
  return (
    <Button
      size="xs"
      variant="subtle"
      loading={retry.isPending}
      onClick={() => retry.mutate()}
      aria-label={t('shell:jobs.retryName', { name })}
    >
      {t('common:retry')}
    </Button>
  );
}
