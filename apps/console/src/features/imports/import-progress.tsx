import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useJob } from '../../api/jobs.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconPlayerStop } from '../../ui/icons.ts';
import { Button, Group, Progress, Stack, Text } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import { ImportState } from './import-state.tsx';
import type { Import } from './schemas.ts';

/** What an import changes, to be read again when it ends. */
export const CHANGED_BY_IMPORT = ['/imports', '/sources', '/customers', '/duplicates', '/quality', '/value', '/home'];

/** An import as it goes: how far, how quick, how long still, and a way to stop it. */
export function ImportProgress({ row }: { row: Import }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const job = useJob(can('job.read') ? row.jobId : null, () => void refresh(...CHANGED_BY_IMPORT));
  const cancel = useSend<void, Import>(() => ({ path: `/imports/${row.id}/cancel` }), {
    refreshes: CHANGED_BY_IMPORT,
    onDone: () => {
      setAsking(false);
      tell(t('wizard:record.cancelled'));
    },
  });
  const share = job?.total ? Math.min(1, job.done / job.total) : undefined;
  const figures = [
    job?.total
      ? t('jobs:progress', { done: format.number(job.done), total: format.number(job.total) })
      : row.rowsRead > 0 && t('wizard:rows', { count: row.rowsRead, shown: format.number(row.rowsRead) }),
    job?.ratePerSecond && job.ratePerSecond >= 1 && t('jobs:rate', { rate: format.number(Math.round(job.ratePerSecond)) }),
    job?.secondsLeft && job.secondsLeft >= 1 && t('jobs:left', { time: format.duration(job.secondsLeft) }),
  ].filter(Boolean);

  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <ImportState state={row.state} />
        {can('import.run') && (
          <Button size="xs" variant="default" leftSection={<IconPlayerStop size={14} />} onClick={() => setAsking(true)}>
            {t('common:cancel')}
          </Button>
        )}
      </Group>
      <Progress.Root size={10}>
        <Progress.Section
          value={(share ?? 1) * 100}
          animated={share === undefined}
          striped={share === undefined}
          aria-label={row.fileName}
        />
      </Progress.Root>
      <Text size="sm" role="status" style={{ minHeight: 20 }}>
        {figures.length > 0 ? figures.join(' · ') : t(row.state === 'waiting' ? 'wizard:result.waiting' : 'wizard:result.beginning')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('wizard:result.running')}
      </Text>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('wizard:record.cancelTitle')}
        action={t('wizard:record.cancel')}
        onConfirm={() => cancel.mutate()}
        busy={cancel.isPending}
        harmful
      >
        {t('wizard:record.cancelText')}
      </Confirm>
    </Stack>
  );
}
