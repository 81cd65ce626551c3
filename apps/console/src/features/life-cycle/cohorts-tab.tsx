import type { Churn, Cohorts } from '@vinculo/insight/api/life-cycle';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { Card } from '../../ui/board-page.tsx';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group, SegmentedControl, Select, Text } from '../../ui/kit.ts';
import board from '../../ui/page.module.css';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { CohortGrid } from './cohort-grid.tsx';
import { type LifeCycleSearch, type Measure, MEASURES } from './search.ts';
import { WhoseFilter } from './whose-filter.tsx';

export type CohortsView = z.infer<typeof Cohorts>;

/** What became of the customers of each beginning, and how long customers stay. */
export function CohortsTab() {
  const { t } = useTranslation();
  const [words, change] = useWords<LifeCycleSearch>();
  const { size = 'month', measure = 'share', source, channel } = words;
  const { data, error, refetch } = useGet<CohortsView>('/life-cycle/cohorts', { size, source, channel }, { keep: true });
  const churn = useGet<z.infer<typeof Churn>>('/life-cycle/churn', { source, channel }, { keep: true });
  return (
    <div className={board.board}>
      <Card
        title={t('lifecycle:cohorts.title')}
        definition={t('lifecycle:definition.cohorts')}
        lead={t(`lifecycle:cohorts.lead.${measure}`)}
        span={12}
        aside={
          <Group gap="xs">
            <SegmentedControl
              size="xs"
              aria-label={t('lifecycle:cohorts.size')}
              value={size}
              onChange={(next) => change({ size: next === 'month' ? undefined : 'quarter' }, { replace: true })}
              data={(['month', 'quarter'] as const).map((value) => ({ value, label: t(`lifecycle:cohorts.by.${value}`) }))}
            />
            <Select
              size="xs"
              w={170}
              allowDeselect={false}
              aria-label={t('lifecycle:cohorts.measure')}
              value={measure}
              onChange={(next) => change({ measure: next === 'share' ? undefined : (next as Measure) }, { replace: true })}
              data={MEASURES.map((value) => ({ value, label: t(`lifecycle:cohorts.measureName.${value}`) }))}
            />
            {data && <WhoseFilter sources={data.sources} channels={data.channels} />}
          </Group>
        }
      >
        {error ? (
          <ErrorNote error={error} retry={() => void refetch()} />
        ) : !data ? (
          <BlockSkeleton height={400} />
        ) : data.cohorts.length === 0 ? (
          <Text size="sm">{t('lifecycle:cohorts.none')}</Text>
        ) : (
          <CohortGrid cohorts={data.cohorts} measure={measure} whose={{ source, channel }} />
        )}
      </Card>
      <Card
        title={t('lifecycle:survival.title')}
        definition={t('lifecycle:definition.survival')}
        lead={t('lifecycle:survival.lead')}
        span={6}
      >
        {churn.data ? <Survival points={churn.data.survival} /> : <BlockSkeleton />}
      </Card>
      <Card
        title={t('lifecycle:retention.title')}
        definition={t('lifecycle:definition.retention')}
        lead={t('lifecycle:retention.lead')}
        span={6}
      >
        {data ? <Retention cohorts={data.cohorts} /> : <BlockSkeleton />}
      </Card>
    </div>
  );
}

function Survival({ points }: { points: z.infer<typeof Churn>['survival'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const year = points.find(({ month }) => month === 12) ?? points.at(-1);
  if (!year || points.length < 2) return <Text size="sm">{t('lifecycle:survival.none')}</Text>;
  return (
    <Line
      points={points.map(({ month, share }) => [month, share])}
      caption={t('lifecycle:survival.caption', { share: format.percent(year.share), count: year.month })}
      table={{
        columns: [t('lifecycle:survival.month'), t('lifecycle:survival.share'), t('lifecycle:survival.atRisk')],
        rows: points.map(({ month, share, atRisk }) => [format.number(month), format.percent(share, 1), format.number(atRisk)]),
      }}
    />
  );
}

/** All cohorts together: of those who have come so far, who bought in that month. */
function Retention({ cohorts }: { cohorts: CohortsView['cohorts'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const points = useMemo(() => {
    const sums: { of: number; customers: number }[] = [];
    for (const { cells } of cohorts) {
      for (const { since, of, customers, running } of cells) {
        if (running) continue;
        const sum = (sums[since] ??= { of: 0, customers: 0 });
        sum.of += of;
        sum.customers += customers;
      }
    }
    return sums.flatMap(({ of, customers }, since) => (of > 0 && since > 0 ? [{ since, share: customers / of, of }] : []));
  }, [cohorts]);
  if (points.length < 2) return <Text size="sm">{t('lifecycle:survival.none')}</Text>;
  return (
    <Line
      points={points.map(({ since, share }) => [since, share])}
      caption={t('lifecycle:retention.caption', { share: format.percent(points[0]!.share) })}
      table={{
        columns: [t('lifecycle:survival.month'), t('lifecycle:retention.share'), t('lifecycle:retention.of')],
        rows: points.map(({ since, share, of }) => [format.number(since), format.percent(share, 1), format.number(of)]),
      }}
    />
  );
}

function Line({ points, caption, table }: { points: [number, number][]; caption: string; table: { columns: string[]; rows: string[][] } }) {
  const { t } = useTranslation();
  const format = useFormat();
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 8, right: 16, top: 16, bottom: 24, containLabel: true },
      tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.percent(value, 1) },
      xAxis: {
        type: 'category',
        data: points.map(([month]) => String(month)),
        name: t('lifecycle:survival.axis'),
        nameLocation: 'middle',
        nameGap: 26,
      },
      yAxis: { type: 'value', min: 0, axisLabel: { formatter: (value: number) => format.percent(value, 0) } },
      series: [
        {
          type: 'line',
          step: false,
          symbol: 'none',
          areaStyle: { opacity: 0.12 },
          data: points.map(([, share]) => share),
          itemStyle: { color: SERIES_COLORS[0] },
        },
      ],
    }),
    [points, format, t],
  );
  return <Chart option={option} height={240} caption={caption} table={table} />;
}
