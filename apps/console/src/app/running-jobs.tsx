import { useTranslation } from 'react-i18next';
import { isOver, useLiveJobs } from '../api/jobs.ts';
import { ActionIcon, Box, Indicator, Popover, Stack, Text, Tooltip, useDisclosure } from '../ui/kit.ts';
import { IconActivity } from '../ui/icons.ts';
import { JobLine } from '../ui/job-progress.tsx';
import { Link } from '../ui/link.tsx';
import { useCan } from './session.ts';

const SHOWN = 6;

/** What works in the background, wherever one is. */
export function RunningJobs() {
  const { t } = useTranslation();
  const can = useCan();
  const jobs = useLiveJobs();
  const [opened, { toggle, close }] = useDisclosure();
  if (!can('job.read')) return null;
  const running = jobs.filter((job) => !isOver(job)).length;
  const label = t('shell:jobs.running', { count: running });
  return (
    <Popover width={340} position="bottom-end" opened={opened} onChange={(open) => !open && close()} trapFocus>
      <Popover.Target>
        <Tooltip label={label} disabled={opened}>
          <Indicator label={running} size={16} disabled={running === 0} processing={running > 0} offset={6}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={toggle}>
              <IconActivity size={18} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Stack gap="md">
          {jobs.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('shell:jobs.none')}
            </Text>
          )}
          {jobs.slice(0, SHOWN).map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
          <Box>
            <Link to="/jobs" size="sm" onClick={close}>
              {t('shell:jobs.all')}
            </Link>
          </Box>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
