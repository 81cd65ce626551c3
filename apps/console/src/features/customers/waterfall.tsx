import type { PairExplanation } from '@vinculo/customer-file/api/customers';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';

type Explanation = z.infer<typeof PairExplanation>;

/** Why two records are one, field by field: what speaks for it to the right, what speaks against to the left. */
export function Waterfall({ pair, nameOf }: { pair: Explanation; nameOf: (record: string) => string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = (name: string) => t(`identity:term.${name}`, { defaultValue: t(`imports:field.${name}`, { defaultValue: name }) });
  const said = (weight: number) =>
    t(weight >= 0 ? 'customers:identity.for' : 'customers:identity.against', { weight: format.number(Math.abs(weight), 1) });
  const caption = t('customers:identity.caption', {
    a: nameOf(pair.a),
    b: nameOf(pair.b),
    probability: format.percent(pair.probability, 1),
  });
  return (
    <div>
      {pair.rule && (
        <Text size="sm">{t('customers:identity.rule', { rule: t(`identity:rule.${pair.rule}`, { defaultValue: pair.rule }) })}</Text>
      )}
      <Chart
        caption={caption}
        height={Math.max(120, pair.terms.length * 26 + 24)}
        option={{
          grid: { left: 8, right: 24, top: 4, bottom: 20, containLabel: true },
          tooltip: { trigger: 'item' },
          xAxis: { type: 'value', splitLine: { show: true } },
          yAxis: { type: 'category', inverse: true, data: pair.terms.map((term) => field(term.field)), axisTick: { show: false } },
          series: [
            {
              type: 'bar',
              barMaxWidth: 16,
              data: pair.terms.map((term) => ({
                value: Number(term.weight.toFixed(2)),
                itemStyle: { color: term.weight >= 0 ? '#3f5bd9' : '#d9701a' },
                tooltip: { formatter: `${field(term.field)}: ${said(term.weight)}` },
              })),
              label: {
                show: true,
                position: 'right',
                formatter: ({ value }: { value: number }) => `${value > 0 ? '+' : ''}${format.number(value, 1)}`,
              },
            },
          ],
        }}
        table={{
          columns: [t('customers:data.field'), nameOf(pair.a), nameOf(pair.b), t('customers:identity.weight')],
          rows: pair.terms.map((term) => [field(term.field), term.valueA || '–', term.valueB || '–', said(term.weight)]),
        }}
      />
    </div>
  );
}
