import type { LifeCycleRules, RulesChanged, RulesPreview, RulesView } from '@vinculo/insight/api/life-cycle';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { useHeld } from '../../ui/held.ts';
import { Button, Group, NumberInput, SegmentedControl, Stack, Text } from '../../ui/kit.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import classes from './life-cycle.module.css';

type Rules = z.infer<typeof LifeCycleRules>;
type View = z.infer<typeof RulesView>;
type Preview = z.infer<typeof RulesPreview>;
type Changed = z.infer<typeof RulesChanged>;

/** Where one stage ends and the next begins: changed with a preview of how many move, and taken back. */
export default function RulesScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<View>('/life-cycle/rules');
  const [shown, hold] = useHeld(data);
  const [jobId, setJobId] = useState<string>();
  const refresh = useRefresh();
  const can = useCan()('value.write');
  const changed = ({ jobId: begun }: Changed) => setJobId(begun);
  return (
    <BoardPage
      title={t('lifecycle:rules.title')}
      actions={
        <LinkButton to="/life-cycle" variant="default">
          {t('nav:lifeCycle')}
        </LinkButton>
      }
    >
      {jobId && (
        <Card title={t('lifecycle:rules.computing')} span={12}>
          <JobProgress
            jobId={jobId}
            onOver={({ state }) => {
              if (state === 'done') setJobId(undefined);
              void refresh('/life-cycle', '/customers', '/funnel');
            }}
          />
        </Card>
      )}
      <Card title={t('lifecycle:rules.now')} lead={t('lifecycle:rules.lead')} span={7}>
        {error ? (
          <ErrorNote error={error} retry={() => void refetch()} />
        ) : shown ? (
          <Form key={JSON.stringify(shown.rules)} view={shown} may={can} onChanged={changed} hold={hold} />
        ) : (
          <BlockSkeleton height={360} />
        )}
      </Card>
      <Card title={t('lifecycle:rules.history')} span={5}>
        {data ? <History view={data} may={can} onChanged={changed} /> : <BlockSkeleton />}
      </Card>
    </BoardPage>
  );
}

/** In per cent on the screen, in shares over the API. */
const SHARES = ['atRisk', 'inactive', 'lost'] as const;
const NUMBERS = {
  newVisits: { min: 1, max: 10, step: 1 },
  growth: { min: 1, max: 10, step: 0.05 },
  growthGaps: { min: 2, max: 50, step: 1 },
  wonBackGaps: { min: 1, max: 50, step: 1 },
} as const;

interface FormProps {
  view: View;
  may: boolean;
  onChanged: (changed: Changed) => void;
  hold: (on: boolean) => void;
}

function Form({ view, may, onChanged, hold }: FormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [rules, setRules] = useState<Rules>(view.rules);
  const [preview, setPreview] = useState<Preview>();
  const set = (change: Partial<Rules>) => {
    setRules({ ...rules, ...change });
    setPreview(undefined);
  };
  const refresh = useRefresh();
  const look = useSend<void, Preview>(() => ({ path: '/life-cycle/rules/preview', body: rules }), { onDone: setPreview });
  const save = useSend<void, Changed>(
    () => ({ method: 'PUT', path: '/life-cycle/rules', query: { basedOn: view.changes[0]?.id ?? 'standard' }, body: rules }),
    {
      refreshes: ['/life-cycle/rules'],
      onDone: (changed) => {
        hold(false);
        onChanged(changed);
        tellUndo(t('lifecycle:rules.saved'), async () => {
          onChanged(await call<Changed>({ method: 'POST', path: `/life-cycle/rules/${changed.id}/undo` }));
          await refresh('/life-cycle/rules');
        });
      },
    },
  );
  const same = JSON.stringify(rules) === JSON.stringify(view.rules);
  const field = (name: string, input: React.ReactNode) => (
    <div key={name} className={classes.rule}>
      <div>
        <Text size="sm" fw={500} component="label" htmlFor={`rule-${name}`}>
          {t(`lifecycle:rules.field.${name}`)}
        </Text>
        <Text size="xs" c="dimmed">
          {t(`lifecycle:rules.hint.${name}`)}
        </Text>
      </div>
      {input}
    </div>
  );
  return (
    <Stack gap="sm">
      <Unsaved when={!same} hold={hold} />
      {SHARES.map((name) =>
        field(
          name,
          <NumberInput
            id={`rule-${name}`}
            disabled={!may}
            value={Math.round(rules[name] * 1000) / 10}
            onChange={(value) => set({ [name]: Number(value) / 100 })}
            min={50}
            max={99.9}
            step={0.5}
            decimalScale={1}
            suffix=" %"
          />,
        ),
      )}
      {(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).map((name) =>
        field(
          name,
          <NumberInput
            id={`rule-${name}`}
            disabled={!may}
            value={rules[name]}
            onChange={(value) => set({ [name]: Number(value) })}
            {...NUMBERS[name]}
          />,
        ),
      )}
      {field(
        'period',
        <Stack gap={4}>
          <NumberInput
            id="rule-period"
            disabled={!may}
            value={rules.period.value}
            min={rules.period.unit === 'days' ? 7 : 1}
            max={rules.period.unit === 'days' ? 730 : 20}
            onChange={(value) => set({ period: { ...rules.period, value: Number(value) } })}
          />
          <SegmentedControl
            size="xs"
            disabled={!may}
            aria-label={t('lifecycle:rules.field.period')}
            value={rules.period.unit}
            onChange={(unit) => set({ period: unit === 'days' ? { unit: 'days', value: 90 } : { unit: 'gaps', value: 4 } })}
            data={(['gaps', 'days'] as const).map((value) => ({ value, label: t(`lifecycle:rules.unit.${value}`) }))}
          />
        </Stack>,
      )}
      {may ? (
        <Group justify="flex-end">
          <Button variant="subtle" onClick={() => set(view.defaults)}>
            {t('lifecycle:rules.defaults')}
          </Button>
          <Button variant="default" disabled={same} loading={look.isPending} onClick={() => look.mutate()}>
            {t('lifecycle:rules.preview')}
          </Button>
          <Button disabled={same} loading={save.isPending} onClick={() => save.mutate()}>
            {t('lifecycle:rules.save')}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{t('lifecycle:rules.refused')}</Text>
      )}
      {preview && (
        <Stack gap="xs" role="status">
          <Text size="sm" fw={600}>
            {t('lifecycle:rules.moved', {
              count: preview.moved,
              moved: format.number(preview.moved),
              customers: format.number(preview.customers),
            })}
          </Text>
          {preview.moved > 0 && (
            <SimpleTable
              caption={t('lifecycle:rules.preview')}
              rows={preview.moves.filter(({ before, after }) => before !== after).toSorted((a, b) => b.customers - a.customers)}
              rowId={({ before, after }) => `${before} ${after}`}
              columns={[
                { id: 'before', header: t('lifecycle:rules.stageNow'), cell: ({ before }) => t(`value:stage.${before}`) },
                { id: 'after', header: t('lifecycle:rules.stageThen'), cell: ({ after }) => t(`value:stage.${after}`) },
                { id: 'customers', header: t('value:customers'), align: 'right', cell: ({ customers }) => format.number(customers) },
              ]}
            />
          )}
        </Stack>
      )}
    </Stack>
  );
}

function History({ view, may, onChanged }: { view: View; may: boolean; onChanged: (changed: Changed) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const undo = useSend<string, Changed>((id) => ({ path: `/life-cycle/rules/${id}/undo` }), {
    refreshes: ['/life-cycle/rules'],
    onDone: onChanged,
  });
  if (view.changes.length === 0) return <Text size="sm">{t('lifecycle:rules.noChanges')}</Text>;
  return (
    <Stack gap="sm">
      {view.changes.map(({ id, undoes, changedAt, changedBy, rules }, place) => (
        <Group key={id} justify="space-between" wrap="nowrap" align="start">
          <div>
            <Text size="sm">
              {t(undoes ? 'lifecycle:rules.undone' : 'lifecycle:rules.changed', { who: changedBy, when: format.dateTime(changedAt) })}
            </Text>
            <Text size="xs" c="dimmed">
              {t('lifecycle:rules.silences', {
                atRisk: percent(rules.atRisk),
                inactive: percent(rules.inactive),
                lost: percent(rules.lost),
              })}
            </Text>
          </div>
          {may && place === 0 && (
            <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate(id)}>
              {t('common:undo')}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );

  function percent(share: number): string {
    return format.percent(share, 1);
  }
}
