import type { AccountFacts, ModelVersion, ValueModel } from '@vinculo/insight/api/value-models';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type ApiError, call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card, CardColumn } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { useHeld } from '../../ui/held.ts';
import { IconDownload, IconTrash } from '../../ui/icons.ts';
import { Badge, Button, Group, MultiSelect, Stack, Switch, Text, TextInput, Textarea, useDebouncedValue } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton, RowSkeletons } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { fieldsOf, type Model, type Result } from './model-draft.ts';
import { Parameters, Terms, Variables } from './model-parts.tsx';
import { BaseResult, CustomerResult } from './model-result.tsx';

type Kept = z.infer<typeof ValueModel>;
type Version = z.infer<typeof ModelVersion>;

/** A value model: its formulas, what they say while they are written, and its versions. */
export default function ModelScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useGet<Kept>(`/value-models/${id}`);
  const [shown, hold] = useHeld(data);
  if (error || !shown) {
    return (
      <Page title={t('nav:valueModels')}>
        {error ? <ErrorNote error={error} retry={() => void refetch()} /> : <BlockSkeleton height={480} />}
      </Page>
    );
  }
  // Another version begins another draft.
  return <Editor key={`${shown.id} ${shown.version}`} kept={shown} hold={hold} />;
}

function Editor({ kept, hold }: { kept: Kept; hold: (on: boolean) => void }) {
  const { t } = useTranslation();
  const go = useGo();
  const refresh = useRefresh();
  const may = useCan()('value.write');
  const [model, setModel] = useState<Model>(kept.content);
  const [active, setActive] = useState(kept.active);
  const [customerId, setCustomerId] = useState<string | null>(null);
  const [settled] = useDebouncedValue(model, 400);
  const facts = useGet<z.infer<typeof AccountFacts>>('/value-models/facts');
  // While the next answer comes, the last one stays where it was.
  const [result, setResult] = useState<Result>();
  const [refused, setRefused] = useState<ApiError>();
  const trial = useSend<{ content: Model; customerId: string | null }, Result>((body) => ({ path: '/value-models/trials', body }), {
    onDone: (answer) => {
      setResult(answer);
      setRefused(undefined);
    },
    onError: setRefused,
  });
  const { mutate } = trial;
  useEffect(() => mutate({ content: settled, customerId }), [mutate, settled, customerId]);
  const changed = active !== kept.active || JSON.stringify(model) !== JSON.stringify(kept.content);
  const problems = result?.problems ?? [];
  // A name left empty, a price that is no number: marked where they stand, as mistakes in formulas are.
  const fields = fieldsOf(refused?.fields ?? {});
  const mistakes = Object.keys(fields).length || problems.length;
  const save = useSend<void, Kept>(
    () => ({ method: 'PUT', path: `/value-models/${kept.id}`, body: { content: model, active, basedOn: kept.version } }),
    {
      refreshes: ['/value-models', '/profit'],
      onDone: () => {
        hold(false);
        tell(t('common:saved'));
      },
    },
  );
  const remove = useSend<void>(() => ({ method: 'DELETE', path: `/value-models/${kept.id}` }), {
    refreshes: ['/value-models', '/profit'],
    onDone: () => {
      void go({ to: '/value/models' }, { saved: true });
      tellUndo(t('models:removed', { title: kept.content.title }), async () => {
        await call({ method: 'POST', path: `/value-models/${kept.id}/restore` });
        await refresh('/value-models', '/profit');
      });
    },
  });
  const parts = { model, problems, fields, readOnly: !may, onChange: setModel };
  const products = [...new Set([...(facts.data?.products.map(({ product }) => product) ?? []), ...model.products])];

  return (
    <BoardPage
      title={kept.content.title}
      aside={
        <Badge variant="light" color={kept.active ? 'accent' : 'gray'} tt="none" fw={500}>
          {t(kept.active ? 'models:state.active' : 'models:state.draft')}
        </Badge>
      }
      actions={
        <Group gap="xs">
          <Button
            variant="default"
            component="a"
            leftSection={<IconDownload size={16} />}
            href={`data:application/json;charset=utf-8,${encodeURIComponent(`${JSON.stringify(model, null, 2)}\n`)}`}
            download={`${model.title}.model.json`}
          >
            {t('models:download')}
          </Button>
          {may && (
            <>
              <Button variant="default" leftSection={<IconTrash size={16} />} loading={remove.isPending} onClick={() => remove.mutate()}>
                {t('models:removeModel')}
              </Button>
              <Button
                disabled={!changed || Object.keys(fields).length > 0 || (active && mistakes > 0)}
                loading={save.isPending}
                onClick={() => save.mutate()}
              >
                {t('common:save')}
              </Button>
            </>
          )}
        </Group>
      }
    >
      <Unsaved when={changed} hold={hold} />
      <CardColumn span={7}>
        <Card title={t('models:about')} span={12}>
          <Stack gap="sm">
            <TextInput
              label={t('models:title')}
              value={model.title}
              readOnly={!may}
              error={fields.title}
              onChange={({ currentTarget }) => setModel({ ...model, title: currentTarget.value })}
            />
            <Textarea
              label={t('models:description')}
              autosize
              minRows={2}
              value={model.description}
              readOnly={!may}
              error={fields.description}
              onChange={({ currentTarget }) => setModel({ ...model, description: currentTarget.value })}
            />
            <MultiSelect
              label={t('models:products')}
              description={t('models:productsHelp')}
              data={products}
              value={model.products}
              readOnly={!may}
              onChange={(next) => setModel({ ...model, products: next })}
            />
            <Switch
              label={t('models:inForce')}
              description={t(mistakes > 0 ? 'models:inForceWrong' : 'models:inForceHelp')}
              checked={active}
              disabled={!may || (!active && mistakes > 0)}
              onChange={({ currentTarget }) => setActive(currentTarget.checked)}
            />
          </Stack>
        </Card>
        <Card title={t('models:terms.title')} lead={t('models:terms.lead')} span={12}>
          <Terms {...parts} />
        </Card>
        <Card title={t('models:variables.title')} lead={t('models:variables.lead')} span={12}>
          <Variables {...parts} facts={facts.data} />
        </Card>
        <Card title={t('models:parameters.title')} lead={t('models:parameters.lead')} span={12}>
          <Parameters {...parts} />
        </Card>
      </CardColumn>
      <CardColumn span={5}>
        <Card title={t('models:result.base')} lead={t('models:result.lead')} span={12}>
          {refused && mistakes === 0 ? (
            <ErrorNote error={refused} />
          ) : mistakes > 0 ? (
            <Text size="sm" c="var(--v-worse)" role="status">
              {t('models:result.wrong', { count: mistakes })}
            </Text>
          ) : result?.base ? (
            <BaseResult base={result.base} />
          ) : (
            <RowSkeletons rows={4} />
          )}
        </Card>
        <Card title={t('models:result.one')} span={12}>
          <CustomerResult model={settled} customer={customerId === null ? null : (result?.customer ?? null)} onPick={setCustomerId} />
        </Card>
        <Card title={t('profit:history.title')} span={12}>
          <Versions kept={kept} may={may} />
        </Card>
      </CardColumn>
    </BoardPage>
  );
}

function Versions({ kept, may }: { kept: Kept; may: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<{ items: Version[] }>(`/value-models/${kept.id}/versions`);
  const restore = useSend<number, Kept>((version) => ({ path: `/value-models/${kept.id}/versions/${version}/restore` }), {
    refreshes: ['/value-models', '/profit'],
    onDone: () => tell(t('models:restored')),
  });
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <RowSkeletons rows={2} />;
  return (
    <Stack gap="sm">
      {data.items.map(({ version, by, at, restores }) => (
        <Group key={version} justify="space-between" wrap="nowrap">
          <div>
            <Text size="sm" fw={600}>
              {restores === null ? t('profit:history.version', { version }) : t('profit:history.restored', { version: restores })}
            </Text>
            <Text size="xs" c="dimmed">
              {by} · {format.dateTime(at)}
            </Text>
          </div>
          {may && version !== kept.version && (
            <Button size="xs" variant="default" loading={restore.isPending} onClick={() => restore.mutate(version)}>
              {t('profit:history.restore')}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );
}
