import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconHistory } from '../../ui/icons.ts';
import { Button, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { RunState } from './connection-state.tsx';
import { DriftSentences } from './drift-note.tsx';
import type { ConnectionDetail, ConnectionRun } from './schemas.ts';

const LIVELY_MS = 2_000;
const SETTLED_MS = 15_000;

/** What each run brought, from where to where, and why it did not where it did not. */
export function RunsTab({ connection, lively }: { connection: ConnectionDetail; lively: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const runs = usePage<ConnectionRun>(`/connections/${connection.id}/runs`, {}, { every: lively ? LIVELY_MS : SETTLED_MS });
  if (runs.error) return <ErrorNote error={runs.error} retry={runs.retry} />;
  if (runs.loading) return <RowSkeletons rows={6} />;
  if (runs.rows.length === 0) {
    return (
      <EmptyState icon={IconHistory} title={t('connections:run.empty.title')}>
        {t('connections:run.empty.text')}
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      <SimpleTable<ConnectionRun>
        caption={t('connections:run.title')}
        rows={runs.rows}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'when',
            header: t('connections:run.column.when'),
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
            header: t('connections:run.column.state'),
            cell: ({ state, startedAt, endedAt }) => (
              <>
                <RunState state={state} />
                {endedAt && (
                  <Text size="xs" c="dimmed">
                    {format.duration(Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)))}
                  </Text>
                )}
              </>
            ),
          },
          ...(['rowsRead', 'rowsNew', 'rowsChanged', 'rowsSame'] as const).map((figure) => ({
            id: figure,
            header: t(`connections:run.column.${figure}`),
            align: 'right' as const,
            cell: (run: ConnectionRun) => format.number(run[figure]),
          })),
          {
            id: 'rowsRejected',
            header: t('connections:run.column.rowsRejected'),
            align: 'right',
            cell: ({ rowsRejected, imports }) => {
              const first = imports.find((one) => one.rowsRejected > 0);
              return first && can('import.run') ? (
                <Link to="/imports/$id" params={{ id: first.id }} search={{ tab: 'rejected' }} size="sm">
                  {format.number(rowsRejected)}
                </Link>
              ) : (
                format.number(rowsRejected)
              );
            },
          },
          { id: 'detail', header: t('connections:run.column.detail'), prose: true, cell: (run) => <Detail run={run} /> },
        ]}
      />
      {runs.more && (
        <Button variant="default" loading={runs.fetchingMore} onClick={runs.fetchMore} style={{ alignSelf: 'center' }}>
          {t('connections:run.more')}
        </Button>
      )}
    </Stack>
  );
}

const FILES_SHOWN = 3;

function Detail({ run }: { run: ConnectionRun }) {
  const { t } = useTranslation();
  const { error, drift, imports, cursorFrom, cursorTo } = run;
  const rest = imports.length - FILES_SHOWN;
  return (
    <Stack gap={4}>
      {error && (
        <Text size="sm" c="var(--v-worse)">
          {error.message}{' '}
          <Text span size="xs" c="dimmed">
            {error.code}
          </Text>
        </Text>
      )}
      {cursorTo !== null && cursorTo !== cursorFrom && (
        <Text size="xs" c="dimmed">
          {cursorFrom === null
            ? t('connections:run.upTo', { to: cursorTo })
            : t('connections:run.fromTo', { from: cursorFrom, to: cursorTo })}
        </Text>
      )}
      {drift && <DriftSentences drift={drift} />}
      {imports.length > 0 && (
        <Text size="xs">
          {imports.slice(0, FILES_SHOWN).map(({ id, fileName }, index) => (
            <Fragment key={id}>
              {index > 0 && ' · '}
              <Link to="/imports/$id" params={{ id }} size="xs">
                {fileName}
              </Link>
            </Fragment>
          ))}
          {rest > 0 && ` ${t('connections:run.andMore', { count: rest })}`}
        </Text>
      )}
      {run.state === 'done' && imports.length === 0 && (
        <Text size="xs" c="dimmed">
          {t('connections:run.nothing')}
        </Text>
      )}
    </Stack>
  );
}
