import type { ValueOverview } from '@vinculo/insight/api/value';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, SimpleGrid, Text } from '../../ui/kit.ts';
import { IconCoins, IconRefresh } from '../../ui/icons.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { BlockSkeleton, FigureSkeletons } from '../../ui/skeletons.tsx';
import { ProfitFigures } from '../profit/profit-figures.tsx';
import { BestShares } from './best-shares.tsx';
import { ByMonth } from './by-month.tsx';
import { Concentration } from './concentration.tsx';
import { Deciles } from './deciles.tsx';
import { Groups } from './groups.tsx';
import { RfmMap } from './rfm-map.tsx';
import { behind } from './search-targets.ts';

type Overview = z.infer<typeof ValueOverview>;

export default function Value() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<Overview>('/value');
  const [jobId, setJobId] = useState<string>();
  const refresh = useRefresh();
  const can = useCan()(['value.read', 'job.manage']);
  const score = useSend<void, { jobId: string }>(() => ({ path: '/value/scorings' }), { onDone: (begun) => setJobId(begun.jobId) });

  return (
    <BoardPage
      title={t('nav:value')}
      aside={
        data?.computedAt && (
          <Text size="sm" c="dimmed" title={format.dateTime(data.computedAt)}>
            {t('value:computed', { when: format.relative(data.computedAt) })}
          </Text>
        )
      }
      actions={
        can && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={score.isPending}
            disabled={jobId !== undefined}
            onClick={() => score.mutate()}
          >
            {t('value:again')}
          </Button>
        )
      }
    >
      {jobId && (
        <Card title={t('value:scoring')} span={12}>
          <JobProgress
            jobId={jobId}
            onOver={({ state }) => {
              if (state === 'done') setJobId(undefined);
              void refresh('/value', '/home', '/customers');
            }}
          />
        </Card>
      )}
      {error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {!data && !error && (
        <>
          <Card title={t('value:sum')} span={12}>
            <FigureSkeletons figures={5} />
          </Card>
          <Card title={t('value:best.title')} span={5}>
            <BlockSkeleton />
          </Card>
          <Card title={t('value:concentration.title')} span={7}>
            <BlockSkeleton />
          </Card>
        </>
      )}
      {data && (data.buyers === 0 ? <NoPurchases /> : <Cards data={data} />)}
    </BoardPage>
  );
}

function Cards({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Card title={t('value:sum')} span={12}>
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 4 }} spacing="lg">
          <Figure
            label={t('value:buyers')}
            value={format.number(data.buyers)}
            definition={t('value:definition.buyers')}
            note={t('value:ofCustomers', {
              share: format.percent(data.customers ? data.buyers / data.customers : 0),
              customers: format.number(data.customers),
            })}
            to={behind.buyers()}
          />
          <Figure
            label={t('value:revenue')}
            value={format.moneyShort(data.revenue, data.currency)}
            definition={t('value:definition.revenue')}
            note={format.moneyRound(data.revenue, data.currency)}
            to={behind.buyers()}
          />
          {data.margin !== null && (
            <Figure
              label={t('value:margin')}
              value={format.moneyShort(data.margin, data.currency)}
              definition={t('value:definition.margin')}
              note={t('value:ofRevenue', { share: format.percent(data.revenue ? data.margin / data.revenue : 0) })}
              to={behind.buyers()}
            />
          )}
          <Figure
            label={t('value:orders')}
            value={format.number(data.orders)}
            definition={t('value:definition.orders')}
            note={t('value:perBuyer', { orders: format.number(data.orders / data.buyers, 1) })}
            to={behind.buyers()}
          />
          <Figure
            label={t('value:averageOrder')}
            value={format.money(data.orders ? data.revenue / data.orders : 0, data.currency)}
            definition={t('value:definition.averageOrder')}
            to={behind.buyers()}
          />
          <ProfitFigures />
          <Figure
            label={t('value:gini')}
            value={format.number(data.gini, 2)}
            definition={t('value:definition.gini')}
            note={t('value:giniScale')}
            to={behind.decile(1)}
          />
        </SimpleGrid>
      </Card>
      <Card title={t('value:best.title')} span={5} lead={t('value:best.lead')}>
        <BestShares best={data.best} />
      </Card>
      <Card title={t('value:concentration.title')} span={7} definition={t('value:definition.concentration')}>
        <Concentration overview={data} />
      </Card>
      <Card title={t('value:groups.title')} span={7} definition={t('value:definition.groups')} lead={t('value:groups.lead')}>
        <Groups overview={data} />
      </Card>
      <Card title={t('value:map.title')} span={5} definition={t('value:definition.map')} lead={t('value:map.lead')}>
        <RfmMap map={data.map} />
      </Card>
      <Card title={t('value:deciles.title')} span={6} definition={t('value:definition.deciles')}>
        <Deciles deciles={data.deciles} />
      </Card>
      {data.byMonth.length > 0 && (
        <Card title={t('value:byMonth.title')} span={6} lead={t('value:byMonth.lead')}>
          <ByMonth months={data.byMonth} />
        </Card>
      )}
    </>
  );
}

function NoPurchases() {
  const { t } = useTranslation();
  const can = useCan()('import.run');
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <EmptyState
        title={t('value:empty.title')}
        icon={IconCoins}
        action={can && <LinkButton to="/imports/new">{t('value:empty.action')}</LinkButton>}
      >
        {t('value:empty.detail')}
      </EmptyState>
    </div>
  );
}
