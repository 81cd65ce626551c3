import type { ForecastSettingsInForce } from '@vinculo/insight/api/forecast';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { JobRun } from '../../api/jobs.ts';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, NumberInput, Stack, Text } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';

type Settings = z.infer<typeof ForecastSettingsInForce>;

/** How far lifetime value looks, and what later money is worth. Saving has everybody scored again. */
export function SettingsForm({ settings, onScoring }: { settings: Settings; onScoring: (jobId: string) => void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const may = useCan();
  const can = may('value.write');
  const [years, setYears] = useState<number | string>(settings.horizonYears);
  const [percent, setPercent] = useState<number | string>(Math.round(settings.discountRate * 1000) / 10);
  const [error, setError] = useState<ApiError>();
  const wanted = { horizonYears: Number(years), discountRate: Number(percent) / 100 };
  const valid = years !== '' && percent !== '';
  const changed = wanted.horizonYears !== settings.horizonYears || Math.abs(wanted.discountRate - settings.discountRate) > 1e-9;
  const save = useSend<typeof wanted, Settings>(
    (body) => ({ method: 'PUT', path: '/forecast/settings', body: { ...body, basedOn: settings.version } }),
    {
      refreshes: ['/forecast'],
      onDone: () => {
        tell(t('forecast:settings.saved'));
        if (may('job.read')) void scoringThatRuns().then((id) => id && onScoring(id));
      },
      onError: setError,
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setError(undefined);
        save.mutate(wanted);
      }}
    >
      <Stack gap="md">
        <ErrorNote error={error} />
        <NumberInput
          label={t('forecast:settings.years')}
          description={t('forecast:settings.yearsHelp')}
          value={years}
          onChange={setYears}
          min={1}
          max={10}
          clampBehavior="blur"
          allowDecimal={false}
          disabled={!can}
        />
        <NumberInput
          label={t('forecast:settings.rate')}
          description={t('forecast:settings.rateHelp')}
          value={percent}
          onChange={setPercent}
          min={0}
          max={50}
          clampBehavior="blur"
          decimalScale={1}
          decimalSeparator={i18n.language === 'en' ? '.' : ','}
          suffix=" %"
          disabled={!can}
        />
        {settings.changedAt && (
          <Text size="xs" c="dimmed">
            {t('forecast:settings.changed', { who: settings.changedBy, when: format.relative(settings.changedAt) })}
          </Text>
        )}
        {can && (
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!changed || !valid}>
              {t('forecast:settings.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** The scoring that saving asked for. */
async function scoringThatRuns(): Promise<string | undefined> {
  const { items } = await call<{ items: JobRun[] }>({ path: '/jobs', query: { limit: 20 } });
  return items.find(({ name, state }) => name === 'insight.score' && (state === 'waiting' || state === 'running'))?.id;
}
