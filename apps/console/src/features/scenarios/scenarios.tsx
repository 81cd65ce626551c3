import type { Scenario, ScenarioBaseAnswer } from '@vinculo/insight/api/scenarios';
import { scenario } from '@vinculo/value';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconArrowsSplit } from '../../ui/icons.ts';
import { Button, Select, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Levers, leversOf } from './levers.tsx';
import { Effects, Outcome } from './outcome.tsx';
import { SaveForm } from './save-form.tsx';
import { Saved } from './saved.tsx';
import type { ScenariosSearch } from './search.ts';

/** What a year would bring if some things were done differently. */
export default function Scenarios() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [words, change] = useWords<ScenariosSearch>();
  const segments = useGet<{ items: { id: string; name: string }[] }>('/segments', { limit: 200 }, { enabled: can('customer.read') });
  const { data, error, refetch } = useGet<z.infer<typeof ScenarioBaseAnswer>>(
    '/scenarios/base',
    { segment: words.segment },
    { keep: true },
  );
  const kept = useGet<{ items: z.infer<typeof Scenario>[] }>('/scenarios');
  const levers = leversOf(words);
  const base = data?.base ?? undefined;
  const outcome = base && scenario(base, levers);
  const opened = kept.data?.items.find(({ id }) => id === words.id);

  if (data && !base)
    return (
      <BoardPage title={t('nav:scenarios')}>
        <Card title={t('scenarios:outcome')} span={12}>
          <EmptyState
            title={t('scenarios:noForecast.title')}
            icon={IconArrowsSplit}
            action={<LinkButton to="/value/forecast">{t('nav:forecast')}</LinkButton>}
          >
            {t('scenarios:noForecast.text')}
          </EmptyState>
        </Card>
      </BoardPage>
    );
  return (
    <BoardPage title={t('nav:scenarios')}>
      {error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      <Card title={t('scenarios:levers')} span={4} lead={t('scenarios:leversLead')}>
        <Stack gap="lg">
          <Select
            label={t('scenarios:whose')}
            placeholder={t('scenarios:everybody')}
            clearable
            searchable
            value={words.segment ?? null}
            data={(segments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(segment) => change({ segment: segment ?? undefined })}
          />
          <Levers />
          <Button
            variant="subtle"
            onClick={() =>
              change({
                id: undefined,
                kept: undefined,
                frequency: undefined,
                order: undefined,
                margin: undefined,
                newcomers: undefined,
                cost: undefined,
              })
            }
          >
            {t('scenarios:reset')}
          </Button>
        </Stack>
      </Card>
      <Card
        title={t('scenarios:outcome')}
        span={8}
        lead={
          data?.asOf &&
          base &&
          t('scenarios:outcomeLead', { date: format.dateLong(data.asOf), customers: format.number(base.customers), count: base.customers })
        }
      >
        {data && base && outcome ? (
          <Stack gap="lg">
            <Outcome answer={{ ...data, base }} levers={levers} outcome={outcome} />
            <div>
              <Text size="sm" fw={600} mb={4}>
                {t('scenarios:effects')}
              </Text>
              <Effects answer={{ ...data, base }} outcome={outcome} />
            </div>
            <Text size="sm" c="dimmed">
              {t('scenarios:lost', {
                customers: format.number(Math.round(base.lost.customers)),
                amount: format.moneyShort(base.lost.sales, data.currency),
              })}{' '}
              {base.newcomers.aMonth > 0
                ? t('scenarios:newcomersNow', { count: Math.round(base.newcomers.aMonth) })
                : t('scenarios:newcomersUnknown')}{' '}
              {data.error !== null && t('scenarios:missed', { share: format.percent(data.error) })}
            </Text>
            {can('value.write') && <SaveForm key={opened?.id ?? 'new'} levers={levers} opened={opened} />}
          </Stack>
        ) : (
          <BlockSkeleton />
        )}
      </Card>
      <Card title={t('scenarios:saved')} span={12} lead={t('scenarios:savedLead')}>
        {kept.data ? <Saved items={kept.data.items} /> : <BlockSkeleton />}
      </Card>
    </BoardPage>
  );
}
