import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';
import { Select, Stack } from '../../ui/kit.ts';
import { useLinkageWords } from '../relink/use-linkage-words.ts';
import type { Health } from './verdict.ts';

/** What each likeness of a field adds or takes away, in bits; m and u stand in the table. */
export function Weights({ fields }: { fields: Health['fields'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useLinkageWords();
  const [chosen, setChosen] = useState(fields[0]?.name ?? '');
  const field = fields.find(({ name }) => name === chosen) ?? fields[0];
  if (!field) return null;
  const levels = field.levels.map(({ is, at, ...rest }) => ({
    ...rest,
    name: at === undefined ? words.level(is) : `${words.level(is)} ${format.number(at, 2)}`,
  }));
  return (
    <Stack gap="sm">
      <Select
        label={t('linkage:health.field')}
        value={field.name}
        onChange={(name) => name && setChosen(name)}
        data={fields.map(({ name }) => ({ value: name, label: words.field(name) }))}
        allowDeselect={false}
        maw={320}
      />
      <Chart
        caption={t('linkage:health.weightsCaption', { field: words.field(field.name) })}
        height={Math.max(140, levels.length * 28 + 32)}
        option={{
          grid: { left: 8, right: 40, top: 4, bottom: 20, containLabel: true },
          xAxis: { type: 'value' },
          yAxis: { type: 'category', inverse: true, data: levels.map(({ name }) => name), axisTick: { show: false } },
          series: [
            {
              type: 'bar',
              barMaxWidth: 16,
              data: levels.map(({ bits }) => ({ value: Number(bits.toFixed(2)), itemStyle: { color: bits >= 0 ? '#3f5bd9' : '#d9701a' } })),
              label: {
                show: true,
                position: 'right',
                formatter: ({ value }: { value: number }) => `${value > 0 ? '+' : ''}${format.number(value, 1)}`,
              },
            },
          ],
        }}
        table={{
          columns: [t('linkage:health.level'), t('linkage:health.m'), t('linkage:health.u'), t('linkage:health.bits')],
          rows: levels.map(({ name, m, u, bits }) => [
            name,
            format.percent(m, 2),
            format.percent(u, u < 0.001 ? 4 : 2),
            `${bits > 0 ? '+' : ''}${format.number(bits, 1)}`,
          ]),
        }}
      />
    </Stack>
  );
}
