import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconAlertTriangle, IconFileImport, IconRefresh, IconUsers } from '../../ui/icons.ts';
import { Alert, Button, Group, SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { tell } from '../../ui/tell.tsx';
import { CHANGED_BY_IMPORT, ImportProgress } from './import-progress.tsx';
import { isRunning } from './import-state.tsx';
import type { Import } from './schemas.ts';

const FOLLOWED_BY_MS = 5 * 60_000;

/** How an import went, or is going, and what to do now. */
export function ImportResult({ row, onRejected }: { row: Import; onRejected: () => void }) {
  const { t } = useTranslation();
  if (isRunning(row)) return <ImportProgress row={row} />;
  return (
    <Stack gap="xl">
      {row.state === 'failed' && <Failure row={row} />}
      {row.state === 'cancelled' && <Alert variant="light">{t('wizard:result.cancelled')}</Alert>}
      {row.state === 'done' && <Figures row={row} onRejected={onRejected} />}
      <Next row={row} />
    </Stack>
  );
}

function Figures({ row, onRejected }: { row: Import; onRejected: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { rowsRead: read, rowsNew, rowsChanged, rowsSame, rowsRejected: rejected } = row;
  const share = (count: number) =>
    read > 0 && count > 0 ? t('wizard:result.share', { percent: format.percent(count / read, 1) }) : undefined;
  const said =
    read > 0 && rejected === read
      ? t('wizard:result.nobody')
      : rejected > 0
        ? t('wizard:result.doneRejected', { count: rejected, shown: format.number(rejected) })
        : t(rowsNew + rowsChanged === 0 ? 'wizard:result.doneSame' : 'wizard:result.done');

  return (
    <Stack gap="lg">
      <div role="status">
        <Text size="sm" fw={600}>
          {said}
        </Text>
        {rowsNew + rowsChanged > 0 && justEnded(row) && (
          <Text size="sm" c="dimmed">
            {t('wizard:result.settling')}
          </Text>
        )}
      </div>
      <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="lg">
        <Figure label={t('wizard:list.column.read')} definition={t('wizard:definition.read')} value={format.number(read)} />
        <Figure
          label={t('wizard:list.column.new')}
          definition={t('wizard:definition.new')}
          value={format.number(rowsNew)}
          note={share(rowsNew)}
        />
        <Figure
          label={t('wizard:list.column.changed')}
          definition={t('wizard:definition.changed')}
          value={format.number(rowsChanged)}
          note={share(rowsChanged)}
        />
        <Figure
          label={t('wizard:list.column.same')}
          definition={t('wizard:definition.same')}
          value={format.number(rowsSame)}
          note={share(rowsSame)}
        />
        <Figure
          label={t('wizard:list.column.rejected')}
          definition={t('wizard:definition.rejected')}
          value={format.number(rejected)}
          note={share(rejected)}
        />
      </SimpleGrid>
      {rejected > 0 && can('import.run') && (
        <Button
          variant="default"
          leftSection={<IconAlertTriangle size={16} color="var(--v-caution)" />}
          onClick={onRejected}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('wizard:result.seeRejected', { count: rejected, shown: format.number(rejected) })}
        </Button>
      )}
    </Stack>
  );
}

/** What follows an import takes minutes; of an older one it would not be true any more. */
const justEnded = ({ endedAt }: Import): boolean => endedAt !== null && Date.now() - Date.parse(endedAt) < FOLLOWED_BY_MS;

function Failure({ row }: { row: Import }) {
  const { t } = useTranslation();
  const can = useCan();
  const again = useSend<void>(() => ({ path: `/jobs/${row.jobId}/retry` }), {
    refreshes: CHANGED_BY_IMPORT,
    onDone: () => tell(t('wizard:record.goesOn')),
  });
  const error = new ApiError({
    status: 0,
    code: row.error?.code ?? '',
    title: t('wizard:result.failed'),
    detail: row.error?.message ?? '',
  });
  return (
    <Stack gap="md" align="flex-start">
      <ErrorNote error={error} />
      <Text size="sm">{t('wizard:result.failedKept')}</Text>
      {row.jobId && can('job.manage') && (
        <Button variant="default" leftSection={<IconRefresh size={16} />} loading={again.isPending} onClick={() => again.mutate()}>
          {t('wizard:record.again')}
        </Button>
      )}
    </Stack>
  );
}

function Next({ row }: { row: Import }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <Group gap="sm">
      {row.state === 'done' && row.kind === 'customers' && can('customer.read') && (
        <LinkButton to="/customers" search={{ source: row.sourceId }} leftSection={<IconUsers size={16} />}>
          {t('wizard:record.customers')}
        </LinkButton>
      )}
      {can('import.run') && (
        <LinkButton to="/imports/new" search={{ source: row.sourceId }} variant="default" leftSection={<IconFileImport size={16} />}>
          {t('wizard:record.another')}
        </LinkButton>
      )}
    </Group>
  );
}
