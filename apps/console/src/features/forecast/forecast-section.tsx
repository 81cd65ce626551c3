import type { CustomerForecast } from '@vinculo/insight/api/forecast';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group, SimpleGrid, Stack, Text, Title } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { FigureSkeletons } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';

type Found = NonNullable<z.infer<typeof CustomerForecast>['forecast']>;

/** In a customer's profile: whether they still are one, what they will buy and bring, and from what that follows. */
export function ForecastSection({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<z.infer<typeof CustomerForecast>>(`/customers/${customerId}/forecast`);
  return (
    <section aria-label={t('forecast:customer.title')}>
      <Stack gap="md">
        <Group justify="space-between" align="baseline">
          <Title order={2}>{t('forecast:customer.title')}</Title>
          <Link to="/value/forecast" size="sm">
            {t('forecast:customer.how')}
          </Link>
        </Group>
        {error && <ErrorNote error={error} retry={() => void refetch()} />}
        {!data && !error && <FigureSkeletons figures={4} />}
        {data?.why && (
          <Text size="sm" c="dimmed">
            {t(`forecast:customer.none.${data.why}`)}
          </Text>
        )}
        {data?.forecast && <Figures forecast={data.forecast} />}
      </Stack>
    </section>
  );
}

function Figures({ forecast }: { forecast: Found }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, horizonYears } = forecast;
  const money = (value: number) => format.moneyRound(value, currency);
  // Nothing about tomorrow is certain.
  const chance = (p: number) =>
    p > 0.99 ? `> ${format.percent(0.99, 0)}` : p < 0.01 ? `< ${format.percent(0.01, 0)}` : format.percent(p, 0);
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg">
      <Figure
        label={t('forecast:customer.alive')}
        value={verdict(forecast) === 'unknown' ? t('forecast:customer.unknown') : chance(forecast.alive)}
        definition={t('forecast:definition.alive')}
        aside={
          <Why about={t('forecast:customer.alive')}>
            <WhyAlive forecast={forecast} />
          </Why>
        }
      />
      <Figure
        label={t('forecast:customer.purchases')}
        value={format.number(forecast.purchases365, 1)}
        definition={t('forecast:definition.customerPurchases')}
        note={t('forecast:customer.soon', { purchases: format.number(forecast.purchases90, 1) })}
      />
      <Figure
        label={t('forecast:customer.buys')}
        value={chance(forecast.buys365)}
        definition={t('forecast:definition.buys')}
        note={t('forecast:customer.buysSoon', { chance: chance(forecast.buys90) })}
      />
      <Figure
        label={t('forecast:customer.lifetime', { count: horizonYears })}
        value={money(forecast.lifetimeValue)}
        definition={t(`forecast:definition.lifetime.${forecast.money}`, {
          count: horizonYears,
          rate: format.percent(forecast.discountRate, 1),
        })}
        note={t('forecast:customer.between', { low: money(forecast.lifetimeLow), high: money(forecast.lifetimeHigh) })}
        aside={
          <Why about={t('forecast:customer.lifetime', { count: horizonYears })} width={420}>
            <WhyLifetime forecast={forecast} />
          </Why>
        }
      />
    </SimpleGrid>
  );
}

/** BG/NBD never gives up who bought once; that is not to know, and it says so. */
function verdict({ model, alive, terms }: Found): 'unknown' | 'likely' | 'doubtful' | 'unlikely' {
  if (model === 'bg_nbd' && terms.purchases === 1) return 'unknown';
  return alive >= 0.7 ? 'likely' : alive >= 0.3 ? 'doubtful' : 'unlikely';
}

function WhyAlive({ forecast }: { forecast: Found }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { terms, model, k } = forecast;
  return (
    <Stack gap="xs">
      <Text size="sm">
        {t('forecast:whyAlive.bought', {
          count: terms.purchases,
          first: format.dateLong(terms.firstDay),
          last: format.dateLong(terms.lastDay),
        })}
      </Text>
      <Text size="sm">
        {terms.rhythmDays === null
          ? t('forecast:whyAlive.once', { count: terms.silentDays })
          : t('forecast:whyAlive.rhythm', { rhythm: format.number(terms.rhythmDays), count: terms.silentDays })}
      </Text>
      <Text size="sm">{t(`forecast:whyAlive.${verdict(forecast)}`)}</Text>
      <Text size="xs" c="dimmed">
        {t('forecast:whyAlive.model', { name: t(`forecast:name.${model}`, { k }), date: format.date(forecast.asOf) })}
      </Text>
    </Stack>
  );
}

function WhyLifetime({ forecast }: { forecast: Found }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { terms, currency, horizonYears: count } = forecast;
  const money = (value: number) => format.money(value, currency);
  return (
    <Stack gap="xs">
      <Text size="sm">
        {t('forecast:whyLifetime.purchases', {
          count,
          purchases: format.number(terms.discountedPurchases, 2),
          rate: format.percent(forecast.discountRate, 1),
        })}
      </Text>
      <Text size="sm">
        {t('forecast:whyLifetime.spend', {
          spend: money(terms.spend),
          own: money(terms.ownMean),
          weight: format.percent(terms.ownWeight, 0),
          everyone: money(terms.everyonesMean),
        })}
      </Text>
      <Text size="sm">
        {terms.marginShare === null
          ? t('forecast:whyLifetime.revenue')
          : t('forecast:whyLifetime.margin', { share: format.percent(terms.marginShare), value: money(terms.orderValue) })}
      </Text>
      <Text size="sm" fw={600}>
        {`${format.number(terms.discountedPurchases, 2)} × ${money(terms.orderValue)} = ${money(forecast.lifetimeValue)}`}
      </Text>
      <Text size="xs" c="dimmed">
        {t('forecast:whyLifetime.interval', {
          level: format.percent(forecast.level, 0),
          low: money(forecast.lifetimeLow),
          high: money(forecast.lifetimeHigh),
        })}
      </Text>
    </Stack>
  );
}
