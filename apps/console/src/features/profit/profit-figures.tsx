import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { behindProfit } from './search.ts';
import type { Profit } from './term-words.ts';

/** Profit and who is below zero, for a row of figures; nothing while no profit is known. */
export function ProfitFigures() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useGet<Profit>('/profit');
  if (!data || data.customers === 0) return null;
  return (
    <>
      <Figure
        label={t('profit:profit')}
        value={format.moneyShort(data.steps.profit)}
        definition={t('profit:definition.profit')}
        note={format.moneyRound(data.steps.profit)}
        to={{ to: '/value/profit' }}
      />
      <Figure
        label={t('profit:belowZero')}
        value={format.number(data.belowZero.customers)}
        definition={t('profit:definition.belowZero')}
        note={t('profit:ofCustomers', { share: format.percent(data.belowZero.customers / data.customers) })}
        to={behindProfit.below()}
      />
    </>
  );
}
