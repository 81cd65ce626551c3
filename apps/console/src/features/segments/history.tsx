import type { SegmentHistory, SegmentMove } from '@vinculo/segments/api';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, usePage } from '../../api/queries.ts';
import { Chart } from '../../ui/chart.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconArrowLeft, IconArrowRight } from '../../ui/icons.ts';
import { Button, Stack, Text, Title } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import type { Seg } from './segment.tsx';

type Move = z.infer<typeof SegmentMove>;

/** How it grew, and who came and went. */
export function History({ segment }: { segment: Seg }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<z.infer<typeof SegmentHistory>>(`/segments/${segment.id}/history`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <BlockSkeleton height={260} />;
  const { days } = data;
  const noon = (day: string) => `${day}T12:00:00Z`;
  return (
    <Stack gap="lg">
      {days.length < 2 ? (
        <Text size="sm" c="dimmed">
          {t('segments:history.soon')}
        </Text>
      ) : (
        <Chart
          height={220}
          caption={t('segments:history.caption', { from: format.date(noon(days[0]!.day)), to: format.date(noon(days.at(-1)!.day)) })}
          table={{
            columns: [t('segments:history.day'), t('segments:history.size'), t('segments:history.entered'), t('segments:history.gone')],
            rows: days.map(({ day, size, entered, gone }) => [
              format.date(noon(day)),
              format.number(size),
              format.number(entered),
              format.number(gone),
            ]),
          }}
          option={{
            xAxis: { type: 'time' },
            yAxis: { type: 'value', scale: true, axisLabel: { formatter: (value: number) => format.short(value) } },
            tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => format.number(Number(value)) },
            series: [{ type: 'line', step: 'end', showSymbol: false, data: days.map(({ day, size }) => [day, size]) }],
          }}
        />
      )}
      <Moves segment={segment} />
    </Stack>
  );
}

function Moves({ segment }: { segment: Seg }) {
  const { t } = useTranslation();
  const format = useFormat();
  const moves = usePage<Move>(`/segments/${segment.id}/moves`);
  if (moves.error) return <ErrorNote error={moves.error} retry={moves.retry} />;
  if (moves.loading) return <BlockSkeleton height={160} />;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {t('segments:history.moves')}
      </Title>
      {moves.rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('segments:history.none')}
        </Text>
      ) : (
        <SimpleTable
          caption={t('segments:history.moves')}
          rows={moves.rows}
          rowId={(row) => `${row.at} ${row.customerId} ${row.entered}`}
          columns={[
            {
              id: 'who',
              header: t('segments:history.who'),
              cell: (row) =>
                row.name === null ? (
                  t('segments:history.someone')
                ) : (
                  <Link to="/customers/$id" params={{ id: row.customerId }} size="sm">
                    {row.name}
                  </Link>
                ),
            },
            {
              id: 'what',
              header: t('segments:history.what'),
              cell: (row) => {
                const Sign = row.entered ? IconArrowRight : IconArrowLeft;
                return (
                  <span style={{ whiteSpace: 'nowrap' }}>
                    <Sign size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
                    {t(row.entered ? 'segments:history.in' : 'segments:history.out')}
                  </span>
                );
              },
            },
            { id: 'why', header: t('segments:history.why'), cell: (row) => t(`segments:reason.${row.reason}`) },
            { id: 'when', header: t('segments:history.when'), align: 'right', cell: (row) => format.dateTime(row.at) },
          ]}
        />
      )}
      {moves.more && (
        <Button variant="default" size="xs" mt="sm" loading={moves.fetchingMore} onClick={moves.fetchMore}>
          {t('common:more')}
        </Button>
      )}
    </section>
  );
}
