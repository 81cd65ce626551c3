import type { Home as HomeView } from '@vinculo/insight/api/home';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useCan, useMe } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconFileImport } from '../../ui/icons.ts';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { BlockSkeleton, FigureSkeletons } from '../../ui/skeletons.tsx';
import { useFormat } from '../../ui/format.ts';
import { Concentration } from '../value/concentration.tsx';
import { RfmMap } from '../value/rfm-map.tsx';
import { Figures } from './figures.tsx';
import { LatestImports } from './latest-imports.tsx';
import { Needs } from './needs.tsx';
import { QualityCard } from './quality-card.tsx';

export type View = z.infer<typeof HomeView>;

/** Inicio: what changed since yesterday, what needs me, what to do next. */
export default function Home() {
  const { t } = useTranslation();
  const format = useFormat();
  const { name } = useMe();
  const can = useCan();
  const { data, error, refetch } = useGet<View>('/home', {}, { every: 60_000 });
  const title = t('nav:home');

  if (data?.customers === 0 && data.records === 0) {
    return (
      <BoardPage title={title}>
        <div style={{ gridColumn: '1 / -1' }}>
          <EmptyState
            title={t('home:empty.title', { name: name.split(' ')[0] })}
            icon={IconFileImport}
            action={can('import.run') && <LinkButton to="/imports/new">{t('home:empty.action')}</LinkButton>}
          >
            {t(can('import.run') ? 'home:empty.detail' : 'home:empty.wait')}
          </EmptyState>
        </div>
      </BoardPage>
    );
  }

  return (
    <BoardPage
      title={title}
      aside={
        <Text size="sm" c="dimmed">
          {data &&
            t('home:since', {
              customers: format.number(data.since.newCustomers),
              merged: format.number(data.since.merged),
              imports: format.number(data.since.imports),
            })}
        </Text>
      }
    >
      {error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {!data && !error && (
        <>
          <Card title={t('home:figures')} span={8}>
            <FigureSkeletons figures={3} />
          </Card>
          <Card title={t('home:needs.title')} span={4}>
            <BlockSkeleton height={96} />
          </Card>
          <Card title={t('value:concentration.title')} span={6}>
            <BlockSkeleton />
          </Card>
          <Card title={t('value:map.title')} span={6}>
            <BlockSkeleton />
          </Card>
        </>
      )}
      {data && <Cards data={data} />}
    </BoardPage>
  );
}

function Cards({ data }: { data: View }) {
  const { t } = useTranslation();
  const worth = data.value && data.value.buyers > 0 ? data.value : undefined;
  const whole = (to: string) => (
    <Link to={to} size="sm">
      {t('home:whole')}
    </Link>
  );
  return (
    <>
      <Card title={t('home:figures')} span={8}>
        <Figures data={data} />
      </Card>
      <Card title={t('home:needs.title')} span={4}>
        <Needs needs={data.needs} />
      </Card>
      {worth && (
        <>
          <Card title={t('value:concentration.title')} span={6} definition={t('value:definition.concentration')} aside={whole('/value')}>
            <Concentration overview={worth} height={232} />
          </Card>
          <Card title={t('value:map.title')} span={6} definition={t('value:definition.map')} aside={whole('/value')}>
            <RfmMap map={worth.map} />
          </Card>
        </>
      )}
      <LatestImports imports={data.imports} />
      <QualityCard quality={data.quality} />
    </>
  );
}
