import type { Funnel, FunnelChanged, FunnelDefinition, FunnelPreview } from '@vinculo/insight/api/funnel';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { useHeld } from '../../ui/held.ts';
import { ActionIcon, Button, Group, NumberInput, Stack, Text, TextInput, Tooltip } from '../../ui/kit.ts';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { useGo } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { type Condition, useConditionWords } from './condition-words.ts';
import classes from './funnel.module.css';
import { useStepName } from './step-name.ts';

type View = z.infer<typeof Funnel>;
type Definition = z.infer<typeof FunnelDefinition>;
type Preview = z.infer<typeof FunnelPreview>;
type Changed = z.infer<typeof FunnelChanged>;

const MOST_STEPS = 12;
const MOST_CONDITIONS = 6;

/** The steps of the funnel: in what order, by what conditions, and how many there are in the whole market. */
export default function EditFunnel() {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<View>('/funnel');
  const [shown, hold] = useHeld(data);
  return (
    <BoardPage
      title={t('funnel:editTitle')}
      actions={
        <LinkButton to="/life-cycle" search={{ tab: 'funnel' }} variant="default">
          {t('funnel:title')}
        </LinkButton>
      }
    >
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!data && !error && <BlockSkeleton height={480} />}
      {shown && <Editor key={JSON.stringify(shown.definition)} view={shown} hold={hold} />}
    </BoardPage>
  );
}

function Editor({ view, hold }: { view: View; hold: (on: boolean) => void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const nameOf = useStepName();
  const say = useConditionWords();
  const go = useGo();
  const refresh = useRefresh();
  const [funnel, setFunnel] = useState<Definition>(view.definition);
  const [preview, setPreview] = useState<Preview>();
  const change = (next: Definition) => {
    setFunnel(next);
    setPreview(undefined);
  };
  const { steps, target } = funnel;
  const setStep = (place: number, step: Partial<Definition['steps'][number]>) =>
    change({ ...funnel, steps: steps.map((old, i) => (i === place ? { ...old, ...step } : old)) });
  const swap = (place: number, other: number) =>
    change({ ...funnel, steps: steps.map((step, i) => (i === place ? steps[other]! : i === other ? steps[place]! : step)) });
  const add = () =>
    change({
      ...funnel,
      steps: [
        ...steps,
        {
          id: `step-${crypto.randomUUID().slice(0, 8)}`,
          name: t('funnel:newStep'),
          conditions: [{ kind: 'bought', times: 1, days: null }],
        },
      ],
    });
  const look = useSend<void, Preview>(() => ({ path: '/funnel/preview', body: funnel }), { onDone: setPreview });
  const save = useSend<void, Changed>(
    () => ({ method: 'PUT', path: '/funnel', query: { basedOn: view.changes[0]?.id ?? 'standard' }, body: funnel }),
    {
      refreshes: ['/funnel'],
      onDone: ({ id }) => {
        tellUndo(t('funnel:saved'), async () => {
          await call({ method: 'POST', path: `/funnel/changes/${id}/undo` });
          await refresh('/funnel');
        });
        void go({ to: '/life-cycle', search: { tab: 'funnel' } }, { saved: true });
      },
    },
  );
  const same = JSON.stringify(funnel) === JSON.stringify(view.definition);
  return (
    <>
      <Unsaved when={!same} hold={hold} />
      <Card title={t('funnel:steps')} lead={t('funnel:stepsLead')} span={8}>
        <ol className={classes.edit}>
          {steps.map((step, place) => (
            <li key={step.id}>
              <Group gap="xs" align="end" wrap="nowrap">
                <TextInput
                  style={{ flex: 1 }}
                  label={t('funnel:stepName', { number: place + 1 })}
                  value={step.name ?? nameOf(step)}
                  maxLength={60}
                  onChange={({ currentTarget }) => setStep(place, { name: currentTarget.value })}
                />
                <Act label={t('funnel:up', { step: nameOf(step) })} disabled={place === 0} onClick={() => swap(place, place - 1)}>
                  <IconArrowUp size={16} />
                </Act>
                <Act
                  label={t('funnel:down', { step: nameOf(step) })}
                  disabled={place === steps.length - 1}
                  onClick={() => swap(place, place + 1)}
                >
                  <IconArrowDown size={16} />
                </Act>
                <Act
                  label={t('funnel:remove', { step: nameOf(step) })}
                  disabled={steps.length === 1}
                  onClick={() => change({ ...funnel, steps: steps.filter((_, i) => i !== place) })}
                >
                  <IconTrash size={16} />
                </Act>
              </Group>
              <Text size="xs" c="dimmed">
                {t('funnel:says', { conditions: format.list(step.conditions.map(say)) })}
              </Text>
              {step.conditions.map((condition, i) => (
                <ConditionFields
                  // oxlint-disable-next-line react/no-array-index-key -- conditions have no name of their own and are only added at the end
                  key={i}
                  condition={condition}
                  onChange={(next: Condition) => setStep(place, { conditions: step.conditions.map((old, j) => (j === i ? next : old)) })}
                  onRemove={
                    step.conditions.length > 1 ? () => setStep(place, { conditions: step.conditions.filter((_, j) => j !== i) }) : undefined
                  }
                />
              ))}
              {step.conditions.length < MOST_CONDITIONS && (
                <Button
                  size="xs"
                  variant="subtle"
                  leftSection={<IconPlus size={14} />}
                  style={{ justifySelf: 'start' }}
                  onClick={() => setStep(place, { conditions: [...step.conditions, { kind: 'bought', times: 1, days: null }] })}
                >
                  {t('funnel:addCondition')}
                </Button>
              )}
            </li>
          ))}
        </ol>
        <Group justify="space-between">
          <Button variant="default" leftSection={<IconPlus size={16} />} disabled={steps.length >= MOST_STEPS} onClick={add}>
            {t('funnel:addStep')}
          </Button>
          <Button variant="subtle" onClick={() => change({ ...view.defaults, target })}>
            {t('lifecycle:rules.defaults')}
          </Button>
        </Group>
      </Card>
      <Card title={t('funnel:target')} lead={t('funnel:targetLead')} span={4}>
        <Stack gap="sm">
          <NumberInput
            label={t('funnel:targetCount')}
            min={1}
            allowDecimal={false}
            thousandSeparator={i18n.language === 'en' ? ',' : '.'}
            value={target?.count ?? ''}
            onChange={(count) =>
              change({
                ...funnel,
                target:
                  count === '' || Number(count) < 1
                    ? null
                    : { count: Math.round(Number(count)), statedOn: target?.statedOn ?? new Date().toISOString().slice(0, 10) },
              })
            }
          />
          <TextInput
            type="date"
            label={t('funnel:targetDay')}
            disabled={!target}
            value={target?.statedOn ?? ''}
            onChange={({ currentTarget }) =>
              target && currentTarget.value && change({ ...funnel, target: { ...target, statedOn: currentTarget.value } })
            }
          />
          <Group justify="flex-end">
            <Button variant="default" disabled={same} loading={look.isPending} onClick={() => look.mutate()}>
              {t('lifecycle:rules.preview')}
            </Button>
            <Button disabled={same} loading={save.isPending} onClick={() => save.mutate()}>
              {t('common:save')}
            </Button>
          </Group>
          {preview && (
            <div role="status">
              <SimpleTable
                caption={t('funnel:previewTitle')}
                rows={steps.map((step, i) => ({
                  step,
                  now: view.steps[view.definition.steps.findIndex(({ id }) => id === step.id)],
                  would: preview.steps[i],
                }))}
                rowId={({ step }) => step.id}
                columns={[
                  { id: 'step', header: t('funnel:group'), cell: ({ step }) => nameOf(step) },
                  { id: 'now', header: t('funnel:now'), align: 'right', cell: ({ now }) => (now ? format.number(now.customers) : '–') },
                  {
                    id: 'would',
                    header: t('funnel:then'),
                    align: 'right',
                    cell: ({ would }) => (would ? format.number(would.customers) : '–'),
                  },
                ]}
              />
            </div>
          )}
        </Stack>
      </Card>
    </>
  );
}

function Act({ label, disabled, onClick, children }: { label: string; disabled: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" size="lg" aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
