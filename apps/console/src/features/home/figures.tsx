import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid } from '../../ui/kit.ts';
import type { Target } from '../../ui/link.tsx';
import { behind } from '../value/search-targets.ts';
import type { View } from './home.tsx';

const BEST = 10;

export function Figures({ data }: { data: View }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const only = (permission: string, target: Target) => (can(permission) ? target : undefined);
  const { value } = data;
  const best = value?.best.find(({ percent }) => percent === BEST);
  return (
    <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="lg" verticalSpacing="lg">
      <Figure
        label={t('home:customers')}
        value={format.number(data.customers)}
        definition={t('home:definition.customers')}
        note={t('home:kinds', { people: format.number(data.people), companies: format.number(data.companies) })}
        to={behind.everyone()}
      />
      <Figure
        label={t('home:duplicates')}
        value={format.number(data.duplicates)}
        definition={t('home:definition.duplicates')}
        note={t('home:ofRecords', {
          share: format.percent(data.records ? data.duplicates / data.records : 0),
          records: format.number(data.records),
        })}
        to={{ to: '/duplicates' }}
      />
      <Figure
        label={t('home:quality')}
        value={format.percent(data.quality.score, 0)}
        definition={t('home:definition.quality')}
        note={t('home:qualityNote')}
        to={only('source.read', { to: '/quality' })}
      />
      {value && value.buyers > 0 && (
        <>
          <Figure
            label={t('value:revenue')}
            value={format.moneyShort(value.revenue, value.currency)}
            definition={t('value:definition.revenue')}
            note={t('home:fromOrders', { orders: format.number(value.orders) })}
            to={{ to: '/value' }}
          />
          <Figure
            label={t('value:buyers')}
            value={format.number(value.buyers)}
            definition={t('value:definition.buyers')}
            note={t('value:ofCustomers', {
              share: format.percent(value.customers ? value.buyers / value.customers : 0),
              customers: format.number(value.customers),
            })}
            to={behind.buyers()}
          />
          {best && (
            <Figure
              label={t('home:bestTenth')}
              value={format.percent(best.revenueShare, 0)}
              definition={t('value:definition.bestShare')}
              note={t('home:bestTenthNote', { customers: format.number(best.customers) })}
              to={behind.best(BEST)}
            />
          )}
        </>
      )}
    </SimpleGrid>
  );
}
