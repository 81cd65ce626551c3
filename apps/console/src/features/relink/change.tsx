import type { Relink } from '@vinculo/customer-file/api/relink';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconAlertTriangle, IconCheck, IconHistory } from '../../ui/icons.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Alert, Button, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { ChangeEffect } from './change-effect.tsx';
import { ChangeSamples } from './change-samples.tsx';
import { Differences } from './differences.tsx';
import { Steps, Undone } from './change-history.tsx';

export type Change = z.infer<typeof Relink>;

/** A change of rules on its way: what it would do, with examples; apply it, undo it, and who did what. */
export default function ChangeOfRules() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const refresh = useRefresh();
  const { data, error, refetch } = useGet<Change>(`/linkage/changes/${id}`);
  if (error || !data) {
    return (
      <Page title={t('linkage:change.title')}>
        {error ? <ErrorNote error={error} retry={() => void refetch()} /> : <BlockSkeleton height={480} />}
      </Page>
    );
  }
  const { preview, state, jobId } = data;
  return (
    <BoardPage title={data.note} actions={jobId === null && <Actions change={data} />}>
      {(jobId !== null || data.error || data.outdated) && (
        <Card title={t('linkage:change.working')} span={12}>
          {jobId !== null && (
            <>
              <Text size="sm">{t(`linkage:change.${state === 'applied' ? 'undoing' : preview ? 'applying' : 'computing'}`)}</Text>
              <JobProgress jobId={jobId} onOver={() => void refresh('/linkage', '/duplicates', '/customers', '/home', '/jobs')} />
            </>
          )}
          {jobId === null && data.error && (
            <Alert color="red" icon={<IconAlertTriangle size={16} />}>
              {t('linkage:change.failed', data.error)}
            </Alert>
          )}
          {jobId === null && data.outdated && (
            <Alert color="yellow" icon={<IconAlertTriangle size={16} />}>
              {t('linkage:change.outdated')}
            </Alert>
          )}
        </Card>
      )}
      {preview && (
        <Card title={t(state === 'previewed' ? 'linkage:change.effect' : 'linkage:change.effectDone')} span={8}>
          <ChangeEffect preview={preview} done={state === 'applied' || state === 'undone'} />
        </Card>
      )}
      <Card
        title={t('linkage:change.differs')}
        lead={`${t(`linkage:kind.${data.kind}`)} · ${t(`linkage:state.${state}`)}`}
        span={preview ? 4 : 12}
      >
        <Differences before={data.former} after={data.settings} />
      </Card>
      {data.undone && (
        <Card title={t('linkage:change.undone')} span={12}>
          <Undone undone={data.undone} />
        </Card>
      )}
      {preview && preview.joins > 0 && (
        <Card title={t('linkage:change.joinSamples')} lead={t('linkage:change.joinLead')} span={12}>
          <ChangeSamples samples={preview.joinSamples} joining threshold={preview.after.threshold ?? 1} />
        </Card>
      )}
      {preview && preview.parts > 0 && (
        <Card title={t('linkage:change.partSamples')} lead={t('linkage:change.partLead')} span={12}>
          <ChangeSamples samples={preview.partSamples} joining={false} threshold={preview.after.threshold ?? 1} />
        </Card>
      )}
      <Card title={t('linkage:change.history')} span={12}>
        <Stack gap="xs">
          <Steps steps={data.steps} />
          <Link to="/linking-rules" search={{ kind: data.kind === 'company' ? 'company' : undefined }} size="sm">
            {t('linkage:health.rules')}
          </Link>
        </Stack>
      </Card>
    </BoardPage>
  );
}

function Actions({ change }: { change: Change }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [asking, setAsking] = useState<'apply' | 'undo' | null>(null);
  const refreshes = ['/linkage', '/jobs'];
  const step = useSend<'preview' | 'apply' | 'undo', { jobId: string }>((what) => ({ path: `/linkage/changes/${change.id}/${what}` }), {
    refreshes,
    onDone: () => setAsking(null),
  });
  const discard = useSend<void>(() => ({ method: 'DELETE', path: `/linkage/changes/${change.id}` }), {
    refreshes,
    onDone: () => tell(t('linkage:change.discarded')),
  });
  if (!can('settings.write') || !can('customer.merge')) return null;
  const { state, preview } = change;
  const counts = { joins: format.number(preview?.joins ?? 0), parts: format.number(preview?.parts ?? 0) };
  return (
    <>
      {(state === 'draft' || state === 'previewed') && (
        <>
          <Button variant="subtle" color="gray" loading={discard.isPending} onClick={() => discard.mutate()}>
            {t('linkage:change.discard')}
          </Button>
          <Button variant="default" loading={step.isPending && step.variables === 'preview'} onClick={() => step.mutate('preview')}>
            {t('linkage:change.again')}
          </Button>
        </>
      )}
      {state === 'previewed' && preview && (
        <Button leftSection={<IconCheck size={16} />} onClick={() => setAsking('apply')}>
          {preview.moves > 0
            ? t('linkage:change.apply', { count: preview.moves, shown: format.number(preview.moves) })
            : t('linkage:change.applyNone')}
        </Button>
      )}
      {state === 'applied' && (
        <Button variant="default" leftSection={<IconHistory size={16} />} onClick={() => setAsking('undo')}>
          {t('linkage:change.undo')}
        </Button>
      )}
      <Confirm
        opened={asking === 'apply'}
        onClose={() => setAsking(null)}
        title={t('linkage:change.applyTitle')}
        action={t('linkage:change.applyNone')}
        busy={step.isPending}
        onConfirm={() => step.mutate('apply')}
      >
        {t('linkage:change.applyText', counts)}
      </Confirm>
      <Confirm
        opened={asking === 'undo'}
        onClose={() => setAsking(null)}
        title={t('linkage:change.undoTitle')}
        action={t('linkage:change.undo')}
        busy={step.isPending}
        onConfirm={() => step.mutate('undo')}
      >
        {t('linkage:change.undoText')}
      </Confirm>
    </>
  );
}
