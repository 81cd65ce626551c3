import type { ModelsHealth, NewRelink } from '@vinculo/customer-file/api/relink';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconAdjustmentsHorizontal, IconRefresh, IconStethoscope } from '../../ui/icons.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Button, SegmentedControl } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Bands } from './bands.tsx';
import { Blocking } from './blocking.tsx';
import { Curve } from './curve.tsx';
import { Drift } from './drift.tsx';
import { People } from './people.tsx';
import type { HealthSearch } from './search.ts';
import { Summary } from './summary.tsx';
import type { Health } from './verdict.ts';
import { Weights } from './weights.tsx';

/** What the model learned, how sure it is of itself, and whether what arrives still looks like it. */
export default function ModelHealthPage() {
  const { t } = useTranslation();
  const can = useCan();
  const refresh = useRefresh();
  const [words, change] = useWords<HealthSearch>();
  const { data, error, refetch } = useGet<z.infer<typeof ModelsHealth>>('/linkage/models');
  const measure = useSend<void, { jobId: string }>(() => ({ path: '/linkage/models/measure' }), {
    refreshes: ['/linkage/models', '/jobs'],
  });
  if (error || !data) {
    return (
      <Page title={t('linkage:health.title')}>
        {error ? <ErrorNote error={error} retry={() => void refetch()} /> : <BlockSkeleton height={480} />}
      </Page>
    );
  }
  const health = data.models.find(({ kind }) => kind === words.kind) ?? data.models[0];
  if (!health) {
    return (
      <Page title={t('linkage:health.title')}>
        <EmptyState icon={IconStethoscope} title={t('linkage:health.none')}>
          {t('linkage:health.noneText')}
        </EmptyState>
      </Page>
    );
  }
  const { figures } = health;
  return (
    <BoardPage
      title={t('linkage:health.title')}
      actions={
        <>
          {data.models.length > 1 && (
            <SegmentedControl
              aria-label={t('linkage:kind.label')}
              value={health.kind}
              onChange={(kind) => change({ kind: kind as Health['kind'] })}
              data={data.models.map(({ kind }) => ({ value: kind, label: t(`linkage:kind.${kind}`) }))}
            />
          )}
          {can('settings.read') && (
            <LinkButton
              to="/linking-rules"
              search={{ kind: health.kind }}
              variant="default"
              leftSection={<IconAdjustmentsHorizontal size={16} />}
            >
              {t('linkage:health.rules')}
            </LinkButton>
          )}
          {can('settings.write') && (
            <Button variant="default" loading={measure.isPending} disabled={data.jobId !== null} onClick={() => measure.mutate()}>
              {t('linkage:health.measure')}
            </Button>
          )}
          {can('settings.write') && can('customer.merge') && <Train health={health} />}
        </>
      }
    >
      <Card title={t('linkage:health.summary')} lead={t('linkage:health.lead')} span={12}>
        {data.jobId !== null && <JobProgress jobId={data.jobId} onOver={() => void refresh('/linkage/models')} />}
        <Summary health={health} />
      </Card>
      {figures && (
        <>
          <Card title={t('linkage:health.curve')} lead={t('linkage:health.curveLead')} span={6}>
            <Curve curve={figures.curve} threshold={health.threshold} />
          </Card>
          <Card title={t('linkage:health.bands')} lead={t('linkage:health.bandsLead')} span={6}>
            <Bands bands={figures.bands} />
          </Card>
        </>
      )}
      <Card title={t('linkage:health.drift')} lead={t('linkage:health.driftLead')} span={8}>
        <Drift health={health} />
      </Card>
      <Card title={t('linkage:health.people')} lead={t('linkage:health.peopleLead')} span={4}>
        <People health={health} />
      </Card>
      <Card title={t('linkage:health.weights')} lead={t('linkage:health.weightsLead')} span={12}>
        <Weights fields={health.fields} />
      </Card>
      {figures && (
        <Card title={t('linkage:health.blocking')} lead={t('linkage:health.blockingLead')} span={12}>
          <Blocking blocking={figures.blocking} missed={health.missed} />
        </Card>
      )}
    </BoardPage>
  );
}

/** Training anew is a change like any other: previewed first. */
function Train({ health: { kind } }: { health: Health }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const train = useSend<z.input<typeof NewRelink>, { id: string }>((body) => ({ path: '/linkage/changes', body }), {
    refreshes: ['/linkage/changes', '/jobs'],
    onDone: ({ id }) => void navigate({ to: `/linking-rules/${id}` }),
  });
  return (
    <>
      <Button leftSection={<IconRefresh size={16} />} onClick={() => setAsking(true)}>
        {t('linkage:health.train')}
      </Button>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('linkage:health.trainTitle')}
        action={t('linkage:health.train')}
        busy={train.isPending}
        onConfirm={() => train.mutate({ kind, train: true, note: t('linkage:health.trainNote') })}
      >
        {t('linkage:health.trainText')}
      </Confirm>
    </>
  );
}
