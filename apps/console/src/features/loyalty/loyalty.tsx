import type { LoyaltyOverview } from '@vinculo/insight/api/loyalty';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconAdjustmentsHorizontal, IconBuildingStore, IconHeartHandshake } from '../../ui/icons.ts';
import { Alert, Group, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { TypeGuide } from './type-guide.tsx';
import { TypeMap } from './type-map.tsx';
import { Types } from './types.tsx';
import { Where } from './where.tsx';

/** Why customers come back: the seven types, where their money is, and what usually works for each. */
export default function LoyaltyScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<z.infer<typeof LoyaltyOverview>>('/loyalty');
  const now = data?.now;
  return (
    <BoardPage
      title={t('loyalty:title')}
      aside={
        now && (
          <Text size="sm" c="dimmed" title={format.dateTime(now.computedAt)}>
            {t('loyalty:computed', { when: format.relative(now.computedAt) })}
          </Text>
        )
      }
      actions={
        <Group gap="xs">
          <LinkButton to="/loyalty/market" variant="default" leftSection={<IconBuildingStore size={16} />}>
            {t('loyalty:toMarket')}
          </LinkButton>
          <LinkButton to="/loyalty/weights" variant="default" leftSection={<IconAdjustmentsHorizontal size={16} />}>
            {t('loyalty:toWeights')}
          </LinkButton>
        </Group>
      }
    >
      {error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {!data && !error && (
        <>
          <Card title={t('loyalty:types.title')} span={12}>
            <BlockSkeleton height={320} />
          </Card>
          <Card title={t('loyalty:map.title')} span={12}>
            <BlockSkeleton height={320} />
          </Card>
        </>
      )}
      {data && (!now || now.customers === 0) && <NotYet />}
      {data && now && now.customers > 0 && (
        <>
          {data.marketFacts === 0 && (
            <div style={{ gridColumn: '1 / -1' }}>
              <Alert title={t('loyalty:noFacts.title')} icon={<IconBuildingStore size={18} />} color="accent">
                {t('loyalty:noFacts.detail')}{' '}
                <Link to="/loyalty/market" size="sm" td="underline">
                  {t('loyalty:noFacts.action')}
                </Link>
              </Alert>
            </div>
          )}
          <Card title={t('loyalty:types.title')} definition={t('loyalty:definition.types')} span={12} lead={t('loyalty:types.lead')}>
            <Types now={now} before={data.before} />
          </Card>
          <TypeMap now={now} />
          <Where now={now} />
          <Card title={t('loyalty:guide.title')} span={12} lead={t('loyalty:guide.lead')}>
            <TypeGuide now={now} examples={data.examples} />
          </Card>
        </>
      )}
    </BoardPage>
  );
}

function NotYet() {
  const { t } = useTranslation();
  const can = useCan()('import.run');
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <EmptyState
        title={t('loyalty:empty.title')}
        icon={IconHeartHandshake}
        action={can && <LinkButton to="/imports/new">{t('loyalty:empty.action')}</LinkButton>}
      >
        {t('loyalty:empty.detail')}
      </EmptyState>
    </div>
  );
}
