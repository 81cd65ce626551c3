import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Button, SimpleGrid, Stack, Switch, Text } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { ReviewNav } from './review-nav.tsx';
import type { Settings, Statistics } from './schemas.ts';

/** How far the queue is, who decided what, how far people and program can be trusted, and what is made of it. */
export default function ReviewProgress() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<Statistics>('/review/statistics');
  return (
    <BoardPage title={t('review:title')} actions={<ReviewNav current="figures" />}>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!data && !error && <BlockSkeleton height={320} />}
      {data && (
        <>
          <Card title={t('review:tab.figures')} span={12}>
            <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg">
              <Figure
                label={t('review:figures.open')}
                definition={t('review:figures.openHelp')}
                value={format.number(data.openForAll)}
                to={{ to: '/review/list' }}
              />
              <Figure
                label={t('review:figures.today')}
                definition={t('review:figures.todayHelp')}
                value={format.number(data.decidedToday)}
                to={{ to: '/review/list', search: { list: 'decided' } }}
              />
              <Figure
                label={t('review:figures.disagreed')}
                definition={t('review:figures.disagreedHelp')}
                value={format.number(data.disagreed)}
                to={{ to: '/review/list', search: { list: 'disagreed' } }}
              />
              <Figure label={t('review:figures.waiting')} value={format.number(data.waiting)} />
            </SimpleGrid>
          </Card>
          <Card title={t('review:figures.people')} span={6}>
            <People people={data.people} />
          </Card>
          <Card title={t('review:honest.title')} span={6}>
            <Trust figures={data} />
          </Card>
          <Learn unlearned={data.unlearned} />
          <SecondOpinion />
        </>
      )}
    </BoardPage>
  );
}

function People({ people }: { people: Statistics['people'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (people.length === 0) return <Text size="sm">{t('review:figures.none')}</Text>;
  return (
    <SimpleTable
      caption={t('review:figures.people')}
      rows={people}
      rowId={({ name }) => name}
      columns={[
        { id: 'name', header: t('review:figures.name'), cell: ({ name, mine }) => (mine ? t('review:figures.you', { name }) : name) },
        { id: 'today', header: t('review:figures.ofToday'), align: 'right', cell: ({ today }) => format.number(today) },
        ...(['same', 'different', 'unsure'] as const).map((verdict) => ({
          id: verdict,
          header: t(`review:verdict.${verdict}`),
          align: 'right' as const,
          cell: (person: Statistics['people'][number]) => format.number(person[verdict]),
        })),
      ]}
    />
  );
}

function Trust({ figures: { agreement, model } }: { figures: Statistics }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
      {agreement ? (
        <Figure
          label={t('review:figures.agreement')}
          definition={`${t('review:figures.agreementHelp')} ${t('review:figures.kappaHelp')}`}
          value={format.percent(agreement.share, 0)}
          note={
            <>
              {t('review:figures.ofPairs', { count: agreement.pairs })}
              {agreement.kappa !== null && ` · ${t('review:figures.kappa', { kappa: format.number(agreement.kappa, 2) })}`}
            </>
          }
        />
      ) : (
        <Text size="sm">{t('review:figures.noAgreement')}</Text>
      )}
      {model.pairs > 0 ? (
        <Figure
          label={t('review:figures.model')}
          definition={t('review:figures.modelHelp')}
          value={format.percent(model.right / model.pairs, 0)}
          note={t('review:figures.ofPairs', { count: model.pairs })}
        />
      ) : (
        <Text size="sm">{t('review:figures.noModel')}</Text>
      )}
    </SimpleGrid>
  );
}

function Learn({ unlearned }: { unlearned: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const refresh = useRefresh();
  const [jobId, setJobId] = useState<string>();
  const learn = useSend<void, { jobId: string }>(() => ({ path: '/unifications' }), {
    refreshes: ['/jobs'],
    onDone: (started) => setJobId(started.jobId),
  });
  return (
    <Card title={t('review:figures.learn.title')} span={6}>
      <Text size="sm">{t('review:figures.learn.text', { count: unlearned, shown: format.number(unlearned) })}</Text>
      {can('customer.merge') && (
        <Stack gap="sm" align="flex-start">
          <Text size="xs" c="dimmed">
            {t('review:figures.learn.help')}
          </Text>
          <Button disabled={unlearned === 0 || jobId !== undefined} loading={learn.isPending} onClick={() => learn.mutate()}>
            {t('review:figures.learn.action')}
          </Button>
        </Stack>
      )}
      {jobId && (
        <JobProgress
          jobId={jobId}
          nameless
          onOver={() => {
            setJobId(undefined);
            void refresh('/review', '/customers', '/duplicates');
          }}
        />
      )}
    </Card>
  );
}

function SecondOpinion() {
  const { t } = useTranslation();
  const can = useCan();
  const { data } = useGet<Settings>('/review/settings');
  const save = useSend<Settings, Settings>((body) => ({ method: 'PUT', path: '/review/settings', body }), { refreshes: ['/review'] });
  if (!data) return null;
  return (
    <Card title={t('review:figures.second.title')} span={6}>
      <Switch
        label={t('review:figures.second.label')}
        description={t('review:figures.second.help')}
        checked={save.isPending ? save.variables.secondOpinion : data.secondOpinion}
        disabled={!can('settings.write')}
        onChange={(event) => save.mutate({ secondOpinion: event.currentTarget.checked })}
      />
    </Card>
  );
}
