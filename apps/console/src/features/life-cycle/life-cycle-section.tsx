import type { CustomerLifeCycle } from '@vinculo/insight/api/life-cycle';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { StageMark } from '../../ui/group-mark.tsx';
import { SimpleGrid, Stack, Text, Title } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';
import { GapDots } from './gap-dots.tsx';
import { Reasons } from './reasons.tsx';

export type OneLifeCycle = z.infer<typeof CustomerLifeCycle>;

/** Where a customer stands, by their own rhythm, drawn; and how likely they are to leave, with why. */
export function LifeCycleSection({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<OneLifeCycle | null>(`/customers/${customerId}/life-cycle`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data === undefined) return <BlockSkeleton height={240} />;
  if (data === null || data.stage === 'prospect') return null;
  const days = (count: number) => t('lifecycle:days', { count: Math.round(count) });
  return (
    <Stack gap="md" component="section" aria-label={t('lifecycle:section.title')}>
      <Title order={2}>{t('lifecycle:section.title')}</Title>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg">
        <Figure
          label={t('lifecycle:column.stage')}
          definition={t(`lifecycle:definition.${data.stage}`)}
          value={<StageMark stage={data.stage} />}
          note={t('lifecycle:section.since', { day: format.date(`${data.since}T12:00:00Z`) })}
          aside={
            <Why about={t('lifecycle:column.stage')}>
              <Text size="sm">
                {t('lifecycle:section.why', { silent: days(data.silentDays), share: format.percent(data.quantile, 0) })}
              </Text>
              <Text size="sm">
                {t('lifecycle:section.limits', {
                  atRisk: days(data.limits.atRisk),
                  inactive: days(data.limits.inactive),
                  lost: days(data.limits.lost),
                })}
              </Text>
              {data.changes.length > 1 && (
                <Stack gap={2}>
                  {data.changes.map(({ at, before, after }) => (
                    <Text key={`${at} ${before}`} size="xs" c="dimmed">
                      {t('lifecycle:section.change', {
                        day: format.date(`${at}T12:00:00Z`),
                        before: before ? t(`value:stage.${before}`) : t('lifecycle:section.start'),
                        after: t(`value:stage.${after}`),
                      })}
                    </Text>
                  ))}
                </Stack>
              )}
            </Why>
          }
        />
        <Figure
          label={t('lifecycle:column.rhythm')}
          definition={t('lifecycle:definition.ownRhythm')}
          value={data.rhythmDays ? t('lifecycle:section.every', { days: days(data.rhythmDays) }) : '–'}
          note={
            data.rhythmDays
              ? t('lifecycle:section.typical', { days: days(data.typicalDays) })
              : t('lifecycle:section.noRhythm', { days: days(data.typicalDays) })
          }
        />
        <Figure
          label={t('lifecycle:risk.label')}
          definition={t('lifecycle:definition.risk', { days: data.periodDays })}
          value={format.percent(data.churnRisk)}
          note={t('lifecycle:section.inDays', { days: data.periodDays })}
          aside={
            <Why about={t('lifecycle:risk.label')}>
              <Reasons reasons={data.reasons} />
              <Text size="xs" c="dimmed">
                {t(data.byModel ? 'lifecycle:trust.used.model' : 'lifecycle:trust.used.rhythm')}
              </Text>
            </Why>
          }
        />
        <Figure
          label={t('lifecycle:risk.loss')}
          definition={t('lifecycle:definition.expectedLoss', { days: data.periodDays })}
          value={data.stage === 'lost' ? '–' : format.moneyRound(data.expectedLoss)}
          note={t('lifecycle:section.usually', { money: format.moneyRound(data.periodValue), days: data.periodDays })}
        />
      </SimpleGrid>
      <GapDots life={data} />
    </Stack>
  );
}
