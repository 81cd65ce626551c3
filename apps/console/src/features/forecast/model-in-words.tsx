import type { ForecastFound } from '@vinculo/insight/api/forecast';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../ui/format.ts';
import { Stack, Text } from '../../ui/kit.ts';
import { Why } from '../../ui/why.tsx';

/** The model that was chosen, told as a story of how customers buy; and why it was. */
export function ModelInWords({ forecast }: { forecast: z.infer<typeof ForecastFound> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { model, k, candidates, holdOut, parameters } = forecast;
  const [best, second] = candidates;
  if (!best) return null;
  const name = t(`forecast:name.${model}`, { k });
  const off = best.expected / best.actual - 1;
  return (
    <Stack gap="sm">
      <Text fw={600} size="lg">
        {name}
      </Text>
      <Text size="sm">{t(`forecast:story.${model}`)}</Text>
      <Text size="sm">
        {t('forecast:model.test', {
          cut: format.dateLong(holdOut.cut),
          days: format.number(holdOut.days),
          expected: format.number(Math.round(best.expected)),
          actual: format.number(best.actual),
        })}
      </Text>
      <Text size="sm" fw={600}>
        {Math.abs(off) < 0.01
          ? t('forecast:model.met')
          : t(off < 0 ? 'forecast:model.short' : 'forecast:model.over', { share: format.percent(Math.abs(off)) })}
      </Text>
      <div>
        <Why about={t('forecast:model.title')} width={420}>
          <Stack gap="xs">
            {second && (
              <Text size="sm">
                {t('forecast:model.why', {
                  count: candidates.length,
                  name,
                  error: format.percent(best.error, 1),
                  second: t(`forecast:name.${second.model}`, { k: second.k }),
                  secondError: format.percent(second.error, 1),
                })}
              </Text>
            )}
            <Text size="sm">
              {t(holdOut.tested < holdOut.customers ? 'forecast:model.sample' : 'forecast:model.all', {
                tested: format.number(holdOut.tested),
                customers: format.number(holdOut.customers),
              })}
            </Text>
            <Text size="sm">{t('forecast:model.caution')}</Text>
            <Text size="xs" c="dimmed">
              {Object.entries(parameters)
                .map(([parameter, value]) => `${t(`forecast:parameter.${parameter}`)} = ${format.number(value, 3)}`)
                .join(' · ')}
            </Text>
          </Stack>
        </Why>
      </div>
    </Stack>
  );
}
