import type { ScenarioBaseAnswer } from '@vinculo/insight/api/scenarios';
import type { ScenarioBase, ScenarioLevers, ScenarioOutcome } from '@vinculo/value';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid, Text } from '../../ui/kit.ts';

interface OutcomeProps {
  answer: z.infer<typeof ScenarioBaseAnswer> & { base: ScenarioBase };
  levers: ScenarioLevers;
  outcome: ScenarioOutcome;
}

/** What the year would bring, against the year as it is expected. */
export function Outcome({ answer, levers, outcome }: OutcomeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, money } = answer;
  const { change } = outcome;
  const signed = (amount: number) => `${amount > 0 ? '+' : ''}${format.moneyShort(amount, currency)}`;
  const against = (gain: number, of: number) =>
    of > 0 && Math.abs(gain) > 1e-9 ? { text: `${gain > 0 ? '+' : ''}${format.percent(gain / of, 1)}`, better: gain > 0 } : undefined;
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="lg">
      <Figure
        label={t('scenarios:sales')}
        value={format.moneyShort(outcome.sales, currency)}
        definition={t('scenarios:definition.sales')}
        change={against(change.sales, outcome.sales - change.sales)}
        note={t('scenarios:instead', { amount: format.moneyShort(outcome.sales - change.sales, currency) })}
      />
      <Figure
        label={t(`scenarios:left.${money}`)}
        value={format.moneyShort(outcome.margin, currency)}
        definition={t(`scenarios:definition.left.${money}`)}
        change={against(change.margin, outcome.margin - change.margin)}
        note={t('scenarios:instead', { amount: format.moneyShort(outcome.margin - change.margin, currency) })}
      />
      <Figure
        label={t('scenarios:net')}
        value={signed(change.net)}
        definition={t('scenarios:definition.net')}
        note={levers.cost > 0 ? t('scenarios:afterCost', { amount: format.moneyShort(levers.cost, currency) }) : t('scenarios:aYear')}
      />
      <Figure
        label={t('scenarios:payback')}
        value={
          levers.cost <= 0
            ? '–'
            : outcome.paidBackAfter === null
              ? t('scenarios:never')
              : t('scenarios:months', { count: Math.max(1, Math.ceil(outcome.paidBackAfter)) })
        }
        definition={t('scenarios:definition.payback')}
        note={levers.cost <= 0 ? t('scenarios:noCost') : undefined}
      />
    </SimpleGrid>
  );
}

/** What each lever alone would bring, and what they bring by meeting. */
export function Effects({ answer, outcome }: Omit<OutcomeProps, 'levers'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency } = answer;
  const bars = useMemo(
    () => [
      ...outcome.alone.map(({ lever, margin }) => ({ name: t(`scenarios:lever.${lever}`), margin })),
      { name: t('scenarios:together'), margin: outcome.together.margin },
    ],
    [outcome, t],
  );
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 4, right: 72, top: 4, bottom: 4, containLabel: true },
      tooltip: { trigger: 'axis', valueFormatter: (value: number) => format.moneyRound(value, currency) },
      xAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.moneyShort(value, currency), hideOverlap: true } },
      yAxis: { type: 'category', inverse: true, data: bars.map(({ name }) => name), axisTick: { show: false } },
      series: [
        {
          type: 'bar',
          barMaxWidth: 22,
          data: bars.map(({ margin }) => ({ value: margin, label: { position: margin < 0 ? ('left' as const) : ('right' as const) } })),
          itemStyle: { color: SERIES_COLORS[0], borderRadius: 3 },
          label: { show: true, formatter: ({ value }: { value: number }) => format.moneyShort(value, currency) },
        },
      ],
    }),
    [bars, currency, format],
  );
  const none = bars.every(({ margin }) => Math.abs(margin) < 1e-9);
  if (none) return <Text c="dimmed">{t('scenarios:move')}</Text>;
  return (
    <Chart
      option={option}
      height={bars.length * 34 + 40}
      caption={t('scenarios:effects')}
      table={{
        columns: [t('scenarios:change'), t(`scenarios:left.${answer.money}`)],
        rows: bars.map(({ name, margin }) => [name, format.moneyRound(margin, currency)]),
      }}
    />
  );
}
