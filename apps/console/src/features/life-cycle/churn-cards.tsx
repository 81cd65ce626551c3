import type { Churn } from '@vinculo/insight/api/life-cycle';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { Card } from '../../ui/board-page.tsx';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS, stageColor } from '../../ui/colors.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid, Text } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { behind } from './behind.ts';
import type { LifeCycleSearch } from './search.ts';
import { WhoseFilter } from './whose-filter.tsx';

type View = z.infer<typeof Churn>;

/** Customers lost month by month, what they had brought, and where most are lost. */
export function ChurnCards() {
  const { t } = useTranslation();
  const [{ source, channel, province, segment }] = useWords<LifeCycleSearch>();
  const whose = { source, channel, province, segment };
  const { data, error, refetch } = useGet<View>('/life-cycle/churn', whose, { keep: true });
  // The choices stay those of everybody while one of them is chosen.
  const everybody = useGet<View>('/life-cycle/churn');
  const groups = everybody.data?.by ?? [];
  return (
    <>
      <Card
        title={t('lifecycle:churn.title')}
        definition={t('lifecycle:definition.churn')}
        lead={t('lifecycle:churn.lead')}
        span={7}
        aside={
          <WhoseFilter
            sources={groups.filter(({ kind }) => kind === 'source').map(({ key, label }) => ({ id: key, label }))}
            channels={groups.filter(({ kind }) => kind === 'channel').map(({ key }) => key)}
            provinces
          />
        }
      >
        {error ? (
          <ErrorNote error={error} retry={() => void refetch()} />
        ) : data ? (
          <Months months={data.months} whose={whose} />
        ) : (
          <BlockSkeleton />
        )}
      </Card>
      <Card title={t('lifecycle:churnBy.title')} definition={t('lifecycle:definition.churnBy')} lead={t('lifecycle:churnBy.lead')} span={5}>
        {data ? <By rows={data.by} /> : <BlockSkeleton />}
      </Card>
    </>
  );
}

/** Lost over those there at the start, of all these months together. */
function rate(of: View['months']): number {
  const base = of.reduce((sum, { customers }) => sum + customers, 0);
  return base ? of.reduce((sum, { lost }) => sum + lost, 0) / base : 0;
}

function Months({ months, whose }: { months: View['months']; whose: Record<string, string | undefined> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const whole = useMemo(() => months.filter(({ running, customers, lost }) => !running && (customers > 0 || lost > 0)), [months]);
  const year = whole.slice(-12);
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 8, right: 8, top: 32, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: whole.map(({ month }) => format.month(month)) },
      yAxis: [
        { type: 'value', axisLabel: { formatter: (value: number) => format.short(value) } },
        { type: 'value', axisLabel: { formatter: (value: number) => format.percent(value) }, splitLine: { show: false } },
      ],
      series: [
        {
          type: 'bar',
          name: t('lifecycle:churn.lost'),
          data: whole.map(({ lost }) => lost),
          itemStyle: { color: stageColor('lost') },
          tooltip: { valueFormatter: (value: number) => format.number(value) },
        },
        {
          type: 'line',
          name: t('lifecycle:churn.rate'),
          yAxisIndex: 1,
          symbol: 'circle',
          data: whole.map((month) => rate([month])),
          itemStyle: { color: SERIES_COLORS[1] },
          tooltip: { valueFormatter: (value: number) => format.percent(value, 1) },
        },
      ],
    }),
    [whole, format, t],
  );
  if (whole.length === 0) return <Text size="sm">{t('lifecycle:churn.none')}</Text>;
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="lg">
        <Figure
          label={t('lifecycle:churn.yearRate')}
          definition={t('lifecycle:definition.churnRate')}
          value={format.percent(rate(year), 1)}
          note={t('lifecycle:churn.lastMonths', { count: year.length })}
        />
        <Figure
          label={t('lifecycle:churn.yearLost')}
          definition={t('lifecycle:definition.churn')}
          value={format.number(year.reduce((sum, { lost }) => sum + lost, 0))}
          note={t('lifecycle:churn.lastMonths', { count: year.length })}
        />
        <Figure
          label={t('lifecycle:churn.cost')}
          definition={t('lifecycle:definition.churnCost')}
          value={format.moneyShort(year.reduce((sum, { cost }) => sum + cost, 0))}
          note={t('lifecycle:churn.costNote')}
        />
      </SimpleGrid>
      <Chart
        option={option}
        caption={t('lifecycle:churn.caption', { rate: format.percent(rate(year), 1) })}
        onPick={({ index }) => whole[index] && void go(behind.lostIn(whole[index].month, whose))}
        table={{
          columns: ['month', 'start', 'lost', 'rate', 'cost', 'gained', 'back'].map((column) => t(`lifecycle:churn.${column}`)),
          rows: whole.toReversed().map((month) => [
            format.month(month.month),
            format.number(month.customers),
            <Link key="lost" {...behind.lostIn(month.month, whose)}>
              {format.number(month.lost)}
            </Link>,
            format.percent(rate([month]), 1),
            format.moneyRound(month.cost),
            format.number(month.gained),
            format.number(month.back),
          ]),
        }}
      />
    </>
  );
}

function By({ rows }: { rows: View['by'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rows.length === 0) return <Text size="sm">{t('lifecycle:churnBy.none')}</Text>;
  const yearly = ({ customers, lost }: View['by'][number]) => (customers > 0 ? lost / customers : 0);
  return (
    <SimpleTable
      caption={t('lifecycle:churnBy.title')}
      rows={rows}
      rowId={({ kind, key }) => `${kind} ${key}`}
      columns={[
        {
          id: 'label',
          header: t('lifecycle:churnBy.group'),
          cell: ({ kind, key, label }) => (
            <Link to="/life-cycle" search={{ [kind]: key }}>
              {kind === 'channel' ? t(`customers:channel.${key}`, { defaultValue: label }) : label}
            </Link>
          ),
        },
        { id: 'kind', header: t('lifecycle:churnBy.kind'), cell: ({ kind }) => t(`lifecycle:whose.${kind}`) },
        {
          id: 'customers',
          header: t('lifecycle:churnBy.customers'),
          align: 'right',
          cell: ({ customers }) => format.number(Math.round(customers)),
        },
        { id: 'lost', header: t('lifecycle:churn.lost'), align: 'right', cell: ({ lost }) => format.number(lost) },
        { id: 'rate', header: t('lifecycle:churnBy.rate'), align: 'right', cell: (row) => format.percent(yearly(row), 1) },
        { id: 'cost', header: t('lifecycle:churn.cost'), align: 'right', cell: ({ cost }) => format.moneyRound(cost) },
      ]}
    />
  );
}
