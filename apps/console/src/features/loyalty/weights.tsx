import type { LoyaltyModelHistory } from '@vinculo/insight/api/loyalty';
import { LOYALTY_TYPES, SIGN_NAMES } from '@vinculo/value';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { Definition } from '../../ui/definition.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useHeld } from '../../ui/held.ts';
import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { ModelHistory } from './model-history.tsx';
import { ModelPreview } from './model-preview.tsx';
import { SignWeights } from './sign-weights.tsx';

type History = z.infer<typeof LoyaltyModelHistory>;
export type Model = History['content'];

/** How loyalty is decided, in words; what a change would do is shown before it is saved. */
export default function Weights() {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<History>('/loyalty/model');
  const [shown, hold] = useHeld(data);
  return (
    <BoardPage
      title={t('loyalty:weights.title')}
      actions={
        <Link to="/loyalty" size="sm">
          {t('loyalty:back')}
        </Link>
      }
    >
      {error ? (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      ) : shown ? (
        <Editor key={shown.version} saved={shown} hold={hold} />
      ) : (
        <Card title={t('loyalty:weights.signs')} span={7}>
          <BlockSkeleton height={480} />
        </Card>
      )}
    </BoardPage>
  );
}

function Editor({ saved, hold }: { saved: History; hold: (on: boolean) => void }) {
  const { t } = useTranslation();
  const can = useCan()('value.write');
  const refresh = useRefresh();
  const [model, setModel] = useState(saved.content);
  const [type, setType] = useState<(typeof LOYALTY_TYPES)[number]>('premium');
  const [note, setNote] = useState('');
  const changed = said(model) !== said(saved.content);
  const refreshes = ['/loyalty', '/customers'];
  const save = useSend<Model, History>(
    (content) => ({ method: 'PUT', path: '/loyalty/model', body: { content, note, basedOn: saved.version } }),
    {
      refreshes,
      onDone: () => {
        hold(false);
        tellUndo(t('loyalty:weights.saved'), async () => {
          await call({ method: 'POST', path: `/loyalty/model/versions/${saved.version}/restore` });
          await refresh(...refreshes);
        });
      },
    },
  );

  return (
    <>
      <Unsaved when={changed} hold={hold} />
      <Card title={t('loyalty:weights.signs')} span={7} lead={t('loyalty:weights.lead')}>
        <Stack gap="md">
          {!can && (
            <Text size="sm" c="dimmed">
              {t('loyalty:weights.readOnly')}
            </Text>
          )}
          <Select
            label={t('loyalty:weights.pick')}
            description={t(`loyalty:meaning.${type}`)}
            value={type}
            allowDeselect={false}
            onChange={(value) => value && setType(value as typeof type)}
            data={LOYALTY_TYPES.map((value) => ({ value, label: t(`value:loyalty.${value}`) }))}
            maw={360}
          />
          <SignWeights
            key={type}
            row={model.weights[type]}
            locked={!can}
            onRow={(row) => setModel({ ...model, weights: { ...model.weights, [type]: row } })}
          />
          <NumberInput
            label={<Definition of={t('loyalty:definition.start')}>{t('loyalty:weights.start')}</Definition>}
            value={model.start[type]}
            min={-5}
            max={5}
            step={0.5}
            disabled={!can}
            maw={200}
            onChange={(value) => typeof value === 'number' && setModel({ ...model, start: { ...model.start, [type]: value } })}
          />
        </Stack>
      </Card>
      <ModelPreview model={changed ? model : undefined} />
      <Card title={t('loyalty:weights.rules')} span={7}>
        <Group gap="lg" align="end">
          <NumberInput
            label={<Definition of={t('loyalty:definition.threshold')}>{t('loyalty:weights.threshold')}</Definition>}
            value={Math.round(model.threshold * 100)}
            min={15}
            max={95}
            suffix=" %"
            disabled={!can}
            onChange={(value) => typeof value === 'number' && setModel({ ...model, threshold: value / 100 })}
          />
          <NumberInput
            label={<Definition of={t('loyalty:definition.leastVisits')}>{t('loyalty:weights.leastVisits')}</Definition>}
            value={model.leastVisits}
            min={1}
            max={50}
            allowDecimal={false}
            disabled={!can}
            onChange={(value) => typeof value === 'number' && setModel({ ...model, leastVisits: value })}
          />
          <NumberInput
            label={<Definition of={t('loyalty:definition.temperature')}>{t('loyalty:weights.temperature')}</Definition>}
            value={model.temperature}
            min={0.1}
            max={10}
            step={0.1}
            decimalScale={2}
            disabled={!can}
            onChange={(value) => typeof value === 'number' && setModel({ ...model, temperature: value })}
          />
        </Group>
        {can && (
          <Stack gap="sm">
            <TextInput
              label={t('loyalty:weights.note')}
              value={note}
              maxLength={300}
              onChange={({ currentTarget }) => setNote(currentTarget.value)}
            />
            <Group>
              <Button disabled={!changed} loading={save.isPending} onClick={() => save.mutate(model)}>
                {t('loyalty:weights.save')}
              </Button>
              {changed && (
                <Button variant="default" onClick={() => setModel(saved.content)}>
                  {t('loyalty:weights.discard')}
                </Button>
              )}
              {said(model) !== said(saved.standard) && (
                <Button variant="subtle" onClick={() => setModel(saved.standard)}>
                  {t('loyalty:weights.standard')}
                </Button>
              )}
            </Group>
            {changed && (
              <Text size="sm" c="dimmed">
                {t('loyalty:weights.edited')}
              </Text>
            )}
          </Stack>
        )}
      </Card>
      <Card title={t('loyalty:weights.history')} span={5}>
        <ModelHistory history={saved} />
      </Card>
    </>
  );
}

/** The same whatever the order of the signs, and whether a zero is written or left out. */
const said = ({ weights, start, temperature, threshold, leastVisits }: Model): string =>
  JSON.stringify([
    LOYALTY_TYPES.map((type) => [SIGN_NAMES.map((sign) => weights[type][sign] ?? 0), start[type]]),
    temperature,
    threshold,
    leastVisits,
  ]);
