import type { Funnel } from '@vinculo/insight/api/funnel';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group, NativeSelect, Text, TextInput } from '../../ui/kit.ts';
import { IconEdit } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import board from '../../ui/page.module.css';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import type { LifeCycleSearch } from '../life-cycle/search.ts';
import { FunnelSteps } from './funnel-steps.tsx';
import { FunnelTrend } from './funnel-trend.tsx';
import { useStepName } from './step-name.ts';

export type FunnelView = z.infer<typeof Funnel>;

/** How people come to be customers, step by step, and who goes no further. */
export function FunnelTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const nameOf = useStepName();
  const [{ source, from, to }, change] = useWords<LifeCycleSearch>();
  const { data, error, refetch } = useGet<FunnelView>('/funnel', { source, from, to }, { keep: true });
  const everybody = useGet<FunnelView>('/funnel');
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <BlockSkeleton height={480} />;
  const names = data.definition.steps.map(nameOf);
  const share = (customers: number, people: number) => (people ? format.percent(customers / people, 0) : '–');
  const table = (title: string, definition: string, rows: { key: string; label: string; people: number; steps: number[] }[]) => (
    <Card title={title} definition={definition} span={12}>
      {rows.length === 0 ? (
        <Text size="sm">{t('funnel:noGroups')}</Text>
      ) : (
        <SimpleTable
          caption={title}
          rows={rows}
          rowId={({ key }) => key}
          columns={[
            { id: 'label', header: t('funnel:group'), cell: ({ label }) => label },
            { id: 'people', header: t('funnel:people'), align: 'right', cell: ({ people }) => format.number(people) },
            ...names.map((name, step) => ({
              id: String(step),
              header: name,
              align: 'right' as const,
              cell: ({ steps, people }: { steps: number[]; people: number }) => share(steps[step] ?? 0, people),
            })),
          ]}
        />
      )}
    </Card>
  );
  return (
    <div className={board.board}>
      <Card
        title={t('funnel:title')}
        definition={t('funnel:definition.funnel')}
        lead={t('funnel:lead')}
        span={12}
        aside={
          <Group gap="xs" align="end">
            <NativeSelect
              size="xs"
              aria-label={t('lifecycle:whose.source')}
              value={source ?? ''}
              onChange={({ currentTarget }) => change({ source: currentTarget.value || undefined }, { replace: true })}
              data={[
                { value: '', label: t('funnel:anySource') },
                ...(everybody.data?.sources ?? []).map(({ id, label }) => ({ value: id, label })),
              ]}
            />
            <TextInput
              size="xs"
              type="date"
              label={t('funnel:from')}
              value={from ?? ''}
              onChange={({ currentTarget }) => change({ from: currentTarget.value || undefined }, { replace: true })}
            />
            <TextInput
              size="xs"
              type="date"
              label={t('funnel:to')}
              value={to ?? ''}
              onChange={({ currentTarget }) => change({ to: currentTarget.value || undefined }, { replace: true })}
            />
            {can('value.write') && (
              <LinkButton to="/life-cycle/funnel" size="xs" variant="default" leftSection={<IconEdit size={14} />}>
                {t('funnel:edit')}
              </LinkButton>
            )}
          </Group>
        }
      >
        <FunnelSteps view={data} whose={{ source, from, to }} />
      </Card>
      {table(
        t('funnel:bySource'),
        t('funnel:definition.bySource'),
        data.sources.map(({ id, ...rest }) => ({ key: id, ...rest })),
      )}
      {table(
        t('funnel:byPeriod'),
        t('funnel:definition.byPeriod'),
        data.periods.toReversed().map(({ period, ...rest }) => ({
          key: period,
          label: t('lifecycle:cohorts.quarter', { quarter: period.slice(6), year: period.slice(0, 4) }),
          ...rest,
        })),
      )}
      {data.trend.length > 1 && !source && !from && !to && (
        <Card title={t('funnel:trend.title')} definition={t('funnel:definition.trend')} span={12}>
          <FunnelTrend trend={data.trend} names={names} />
        </Card>
      )}
    </div>
  );
}
