import type { ForecastFound } from '@vinculo/insight/api/forecast';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';

/** Every model that stood for choice, best first, and those that could not be fitted. */
export function Candidates({ forecast }: { forecast: z.infer<typeof ForecastFound> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { candidates, failed } = forecast;
  return (
    <>
      <SimpleTable
        caption={t('forecast:candidates.title')}
        rows={candidates}
        rowId={({ model, k }) => `${model} ${k}`}
        columns={[
          {
            id: 'model',
            header: t('forecast:candidates.model'),
            cell: (row) => (
              <Text size="sm" fw={row === candidates[0] ? 600 : 400}>
                {t(`forecast:name.${row.model}`, { k: row.k })}
                {row === candidates[0] && ` · ${t('forecast:candidates.chosen')}`}
              </Text>
            ),
          },
          {
            id: 'error',
            header: t('forecast:candidates.error'),
            definition: t('forecast:definition.error'),
            align: 'right',
            cell: ({ error }) => format.percent(error, 1),
          },
          {
            id: 'expected',
            header: t('forecast:expected'),
            align: 'right',
            cell: ({ expected }) => format.number(Math.round(expected)),
          },
          {
            id: 'off',
            header: t('forecast:candidates.off'),
            definition: t('forecast:definition.off'),
            align: 'right',
            cell: ({ expected, actual }) => format.change(expected / actual - 1),
          },
        ]}
      />
      {failed.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('forecast:candidates.failed', { names: format.list(failed.map(({ model, k }) => t(`forecast:name.${model}`, { k }))) })}
        </Text>
      )}
    </>
  );
}
