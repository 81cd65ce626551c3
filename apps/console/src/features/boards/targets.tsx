import type { NewTarget, Target } from '@vinculo/insight/api/boards';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { IconFlag, IconTrash } from '../../ui/icons.ts';
import { ActionIcon, Button, Drawer, Group, NumberInput, Select, Stack, Text, TextInput } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { tell } from '../../ui/tell.tsx';
import { useNumbers } from './numbers.ts';
import { type Choices, useChoices } from './use-boards.ts';

type View = z.infer<typeof Target>;
type New = z.input<typeof NewTarget>;

/** What somebody wants to reach; shown wherever its number is. */
export function TargetsButton() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconFlag size={16} />} onClick={() => setOpened(true)}>
        {t('boards:targets.title')}
      </Button>
      {opened && (
        <Drawer
          opened
          onClose={() => setOpened(false)}
          position="right"
          size="lg"
          title={t('boards:targets.title')}
          closeButtonProps={{ 'aria-label': t('common:close') }}
        >
          <Targets />
        </Drawer>
      )}
    </>
  );
}

const refreshes = ['/targets', '/boards/preview'];

function Targets() {
  const { t } = useTranslation();
  const can = useCan()('board.write');
  const { data } = useGet<{ items: View[] }>('/targets');
  const { data: choices } = useChoices();
  return (
    <Stack gap="lg">
      <Text size="sm">{t('boards:targets.lead')}</Text>
      {can && choices && <NewOne choices={choices} />}
      {data?.items.length === 0 && <Text size="sm">{t('boards:targets.empty')}</Text>}
      {data && data.items.length > 0 && choices && <List items={data.items} choices={choices} />}
    </Stack>
  );
}

function List({ items, choices }: { items: View[]; choices: Choices }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()('board.write');
  const remove = useSend<string>((id) => ({ method: 'DELETE', path: `/targets/${id}` }), {
    refreshes,
    onDone: () => tell(t('boards:targets.removed')),
  });
  const scope = ({ scope: kind, scopeKey }: View) =>
    kind === 'company' ? t('boards:targets.company') : (choices.values[kind]?.find(({ key }) => key === scopeKey)?.label ?? scopeKey);
  return (
    <SimpleTable
      caption={t('boards:targets.title')}
      columns={[
        { id: 'measure', header: t('boards:targets.measure'), cell: ({ measure }) => t(`boards:measure.${measure}`) },
        { id: 'scope', header: t('boards:targets.scope'), cell: scope },
        {
          id: 'period',
          header: t('boards:targets.period'),
          cell: ({ startsOn, endsOn }) => `${format.date(startsOn)} – ${format.date(endsOn)}`,
        },
        { id: 'value', header: t('boards:targets.value'), align: 'right', cell: (target) => <Value target={target} choices={choices} /> },
        { id: 'by', header: t('boards:targets.by'), cell: ({ changedBy }) => changedBy },
        {
          id: 'remove',
          header: '',
          cell: ({ id }) =>
            can && (
              <ActionIcon variant="subtle" color="red" aria-label={t('boards:targets.remove')} onClick={() => remove.mutate(id)}>
                <IconTrash size={16} />
              </ActionIcon>
            ),
        },
      ]}
      rows={items}
      rowId={({ id }) => id}
    />
  );
}

function Value({ target, choices }: { target: View; choices: Choices }) {
  const unit = choices.measures.find(({ key }) => key === target.measure)?.unit ?? 'number';
  const { currency } = useCompany();
  return <>{useNumbers({ unit, currency }).full(target.value)}</>;
}

function NewOne({ choices }: { choices: Choices }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<New>(() => ({
    measure: 'revenue',
    scope: 'company',
    scopeKey: '',
    unit: 'month',
    day: new Date().toISOString().slice(0, 10),
    value: 0,
    note: '',
  }));
  const put = (change: Partial<New>) => setForm((before) => ({ ...before, ...change }));
  const save = useSend<New>((body) => ({ path: '/targets', body }), { refreshes, onDone: () => tell(t('boards:targets.saved')) });
  const timely = choices.measures.filter(({ dimensions }) => dimensions.includes('month'));
  const share = choices.measures.find(({ key }) => key === form.measure)?.unit === 'share';
  const values = form.scope === 'company' ? [] : (choices.values[form.scope!] ?? []);
  return (
    <form
      aria-label={t('boards:targets.new')}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(form);
      }}
    >
      <Stack gap="sm">
        <Group grow align="flex-start">
          <Select
            label={t('boards:targets.measure')}
            searchable
            value={form.measure}
            data={timely.map(({ key, label }) => ({ value: key, label }))}
            onChange={(measure) => measure && put({ measure: measure as New['measure'] })}
          />
          <Select
            label={t('boards:targets.scope')}
            value={form.scope!}
            data={(['company', 'store', 'channel', 'source'] as const).map((scope) => ({
              value: scope,
              label: scope === 'company' ? t('boards:targets.company') : t(`boards:dimension.${scope}`),
            }))}
            onChange={(scope) => scope && put({ scope: scope as New['scope'], scopeKey: '' })}
          />
          {form.scope !== 'company' && (
            <Select
              label={t('boards:targets.which')}
              searchable
              value={form.scopeKey || null}
              data={values.map(({ key, label }) => ({ value: key, label }))}
              onChange={(scopeKey) => put({ scopeKey: scopeKey ?? '' })}
            />
          )}
        </Group>
        <Group grow align="flex-start">
          <Select
            label={t('boards:targets.unit')}
            value={form.unit}
            data={(['month', 'quarter', 'year'] as const).map((unit) => ({ value: unit, label: t(`boards:targets.units.${unit}`) }))}
            onChange={(unit) => unit && put({ unit: unit as New['unit'] })}
          />
          <TextInput
            type="date"
            required
            label={t('boards:targets.day')}
            value={form.day}
            onChange={(event) => put({ day: event.currentTarget.value })}
          />
          <NumberInput
            label={t('boards:targets.value')}
            description={share ? t('boards:figureShareNote') : undefined}
            required
            decimalScale={4}
            value={form.value}
            onChange={(value) => put({ value: Number(value) || 0 })}
          />
        </Group>
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={form.scope !== 'company' && !form.scopeKey}>
            {t('boards:targets.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
