import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isOver, type JobRun, useJob } from '../api/jobs.ts';
import { useSend } from '../api/queries.ts';
import { useCan } from '../app/session.ts';
import { useFormat } from './format.ts';
import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconRefresh } from './icons.ts';
import { RowSkeletons } from './skeletons.tsx';

interface JobProgressProps {
  jobId: string;
  /** Once, when it ends: read again what it changed. */
  onOver?: (job: JobRun) => void;
  /** Without the name, where the screen already says what runs. */
  nameless?: boolean;
}

/** A job as it goes: phase, how far, how quick, how long still, and a way to stop it. */
export function JobProgress({ jobId, onOver, nameless }: JobProgressProps) {
  const job = useJob(jobId, onOver);
  return job ? <JobLine job={job} {...(nameless ? { nameless } : {})} /> : <RowSkeletons rows={1} />;
}

/** The same of a job already at hand. */
export function JobLine({ job, nameless }: { job: JobRun; nameless?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const cancel = useSend<void, JobRun>(() => ({ path: `/jobs/${job.id}/cancel` }), { refreshes: ['/jobs', '/imports'] });
  const name = t(`jobs:name.${job.name}`, { defaultValue: job.name });
  const share = job.total ? Math.min(1, job.done / job.total) : undefined;
  const phase = job.phase ? t(`jobs:phase.${job.phase}`, { defaultValue: job.phase }) : t(`jobs:state.${job.state}`);

  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" truncate>
          {!nameless && <b>{name}</b>}
          {!nameless && ' · '}
          {isOver(job) ? <JobState state={job.state} /> : phase}
        </Text>
        {job.state === 'running' && can('job.manage') && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => cancel.mutate()}
            loading={cancel.isPending}
            aria-label={t('shell:job.cancelName', { name })}
          >
            {t('common:cancel')}
          </Button>
        )}
      </Group>
      {!isOver(job) && (
        <>
          <Progress.Root size={6} aria-label={name}>
            <Progress.Section value={(share ?? 1) * 100} animated={share === undefined} striped={share === undefined} aria-label={name} />
          </Progress.Root>
          <Text size="xs" c="dimmed">
            {[
              job.total
                ? t('jobs:progress', { done: format.number(job.done), total: format.number(job.total) })
                : job.done > 0 && format.number(job.done),
              job.ratePerSecond && job.ratePerSecond >= 1 && t('jobs:rate', { rate: format.number(Math.round(job.ratePerSecond)) }),
              job.secondsLeft && job.secondsLeft >= 1 && t('jobs:left', { time: format.duration(job.secondsLeft) }),
              job.detail,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </>
      )}
      {job.error && (
        <Text size="xs" c="var(--v-worse)">
          {job.error.message} ({job.error.code})
        </Text>
      )}
    </Stack>
  );
}

const LOOK = {
  waiting: { Picture: IconClock, color: 'var(--mantine-color-dimmed)' },
  running: { Picture: IconRefresh, color: 'var(--v-accent-text)' },
  done: { Picture: IconCheck, color: 'var(--v-better)' },
  failed: { Picture: IconAlertTriangle, color: 'var(--v-worse)' },
  cancelled: { Picture: IconBan, color: 'var(--mantine-color-dimmed)' },
} as const;

/** The state in a word, with its sign. */
export function JobState({ state }: { state: JobRun['state'] }) {
  const { t } = useTranslation();
  const { Picture, color } = LOOK[state];
  return (
    <Text span size="sm" c={color} style={{ whiteSpace: 'nowrap' }}>
      <Picture size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
      {t(`jobs:state.${state}`)}
    </Text>
  );
}
