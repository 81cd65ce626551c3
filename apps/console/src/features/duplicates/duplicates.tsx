import type { DuplicatesOverview } from '@vinculo/customer-file/api/identity';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconFileImport, IconLayersIntersect } from '../../ui/icons.ts';
import { SimpleGrid } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { DoubtfulGroups } from './doubtful-groups.tsx';
import { LastRun } from './last-run.tsx';
import { Overlap } from './overlap.tsx';
import { Reasons } from './reasons.tsx';
import { Sizes } from './sizes.tsx';
import { UnifyAgain } from './unify-again.tsx';

export type Overview = z.infer<typeof DuplicatesOverview>;

/** What unification found: how many were one, why, where, and which are the most doubtful. */
export default function Duplicates() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [jobId, setJobId] = useState<string>();
  const { data, error, refetch } = useGet<Overview>('/duplicates');

  if (error || !data) {
    return (
      <Page title={t('nav:duplicates')}>
        {error ? <ErrorNote error={error} retry={() => void refetch()} /> : <BlockSkeleton height={480} />}
      </Page>
    );
  }
  if (data.records === 0) {
    return (
      <Page title={t('nav:duplicates')}>
        <EmptyState
          icon={IconLayersIntersect}
          title={t('duplicates:empty.title')}
          action={
            can('import.run') && (
              <LinkButton to="/imports/new" leftSection={<IconFileImport size={16} />}>
                {t('sources:load')}
              </LinkButton>
            )
          }
        >
          {t('duplicates:empty.text')}
        </EmptyState>
      </Page>
    );
  }

  return (
    <BoardPage
      title={t('nav:duplicates')}
      actions={can('customer.merge') && <UnifyAgain records={data.records} running={jobId !== undefined} onStarted={setJobId} />}
    >
      <Card title={t('duplicates:figures')} span={8}>
        <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="lg">
          <Figure
            label={t('duplicates:records')}
            definition={t('duplicates:definition.records')}
            value={format.number(data.records)}
            to={can('source.read') ? { to: '/sources' } : undefined}
          />
          <Figure
            label={t('duplicates:customers')}
            definition={t('duplicates:definition.customers')}
            value={format.number(data.customers)}
            to={{ to: '/customers' }}
          />
          <Figure
            label={t('duplicates:duplicates')}
            definition={t('duplicates:definition.duplicates')}
            value={format.number(data.duplicates)}
            note={t('duplicates:ofRecords', { share: format.percent(data.duplicates / data.records) })}
            to={data.duplicates > 0 ? { to: '/customers', search: { duplicates: 'yes' } } : undefined}
          />
        </SimpleGrid>
      </Card>
      <Card title={t('duplicates:run.title')} span={4}>
        <LastRun run={data.lastRun} jobId={jobId} onOver={() => setJobId(undefined)} />
      </Card>
      <Card title={t('duplicates:reasons.title')} lead={t('duplicates:reasons.lead')} span={4}>
        <Reasons overview={data} />
      </Card>
      <Card title={t('duplicates:sizes.title')} span={4}>
        <Sizes overview={data} />
      </Card>
      <Card title={t('duplicates:overlap.title')} definition={t('duplicates:overlap.definition')} span={4}>
        <Overlap overview={data} />
      </Card>
      <Card title={t('duplicates:groups.title')} lead={t('duplicates:groups.lead')} span={12}>
        <DoubtfulGroups />
      </Card>
    </BoardPage>
  );
}
