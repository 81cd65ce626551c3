import type { ForecastFound } from '@vinculo/insight/api/forecast';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid } from '../../ui/kit.ts';
import { behind } from './search-targets.ts';

/** What the coming year holds, against what customers known a year ago brought in the last one. */
export function YearFigures({ forecast }: { forecast: z.infer<typeof ForecastFound> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, customers, alive, history } = forecast;
  const existing = history.slice(-12).reduce((sum, month) => sum + month.existing, 0);
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="lg">
      <Figure
        label={t('forecast:year.sales')}
        value={format.moneyShort(forecast.sales365, currency)}
        definition={t('forecast:definition.sales')}
        note={
          history.length >= 24 && existing > 0
            ? t('forecast:year.before', { amount: format.moneyShort(existing, currency) })
            : format.moneyRound(forecast.sales365, currency)
        }
        to={behind.worth()}
      />
      <Figure
        label={t('forecast:year.purchases')}
        value={format.number(Math.round(forecast.purchases365))}
        definition={t('forecast:definition.purchases')}
        note={t('forecast:year.soon', { purchases: format.number(Math.round(forecast.purchases90)) })}
        to={behind.worth()}
      />
      <Figure
        label={t('forecast:year.likely')}
        value={format.number(alive.likely)}
        definition={t('forecast:definition.likely')}
        note={t('forecast:year.ofBuyers', { share: format.percent(alive.likely / customers), customers: format.number(customers) })}
        to={behind.alive('likely')}
      />
      <Figure
        label={t('forecast:year.unlikely')}
        value={format.number(alive.unlikely)}
        definition={t('forecast:definition.unlikely')}
        note={t('forecast:year.doubtful', { customers: format.number(alive.doubtful) })}
        to={behind.alive('unlikely')}
      />
      <Figure
        label={t('forecast:year.lifetime', { count: forecast.settings.horizonYears })}
        value={format.moneyShort(forecast.lifetimeValue, currency)}
        definition={t(`forecast:definition.lifetime.${forecast.money}`, {
          count: forecast.settings.horizonYears,
          rate: format.percent(forecast.settings.discountRate, 1),
        })}
        note={t('forecast:year.each', { amount: format.moneyRound(forecast.lifetimeValue / customers, currency) })}
        to={behind.worth()}
      />
    </SimpleGrid>
  );
}
