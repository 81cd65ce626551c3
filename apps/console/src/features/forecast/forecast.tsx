import type { Forecast as Answer, ForecastFound } from '@vinculo/insight/api/forecast';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useRefresh } from '../../api/queries.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { BlockSkeleton, FigureSkeletons } from '../../ui/skeletons.tsx';
import { Candidates } from './candidates.tsx';
import { ComingYear } from './coming-year.tsx';
import { HoldOutGroups, HoldOutTrack } from './hold-out.tsx';
import { ModelInWords } from './model-in-words.tsx';
import { NoForecast } from './no-forecast.tsx';
import { SettingsForm } from './settings-form.tsx';
import { YearFigures } from './year-figures.tsx';

/** What today's customers will buy, by which model, and how that model did on what it had not seen. */
export default function Forecast() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<z.infer<typeof Answer>>('/forecast');
  const [jobId, setJobId] = useState<string>();
  const refresh = useRefresh();
  const { forecast, refused } = data ?? {};
  const computedAt = forecast?.computedAt ?? refused?.computedAt;

  return (
    <BoardPage
      title={t('nav:forecast')}
      aside={
        computedAt && (
          <Text size="sm" c="dimmed" title={format.dateTime(computedAt)}>
            {t('value:computed', { when: format.relative(computedAt) })}
          </Text>
        )
      }
    >
      {error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {jobId && (
        <Card title={t('forecast:again')} span={12}>
          <JobProgress
            jobId={jobId}
            onOver={({ state }) => {
              if (state === 'done') setJobId(undefined);
              void refresh('/forecast', '/customers', '/value');
            }}
          />
        </Card>
      )}
      {!data && !error && (
        <>
          <Card title={t('forecast:year.title')} span={12}>
            <FigureSkeletons figures={5} />
          </Card>
          <Card title={t('forecast:model.title')} span={5}>
            <BlockSkeleton />
          </Card>
          <Card title={t('forecast:groups.title')} span={7}>
            <BlockSkeleton />
          </Card>
        </>
      )}
      {data && !forecast && <NoForecast refused={data.refused} />}
      {forecast && <Cards forecast={forecast} />}
      {data && (
        <Card title={t('forecast:settings.title')} span={forecast ? 5 : 12} lead={t('forecast:settings.lead')}>
          <SettingsForm key={data.settings.version} settings={data.settings} onScoring={setJobId} />
        </Card>
      )}
    </BoardPage>
  );
}

function Cards({ forecast }: { forecast: z.infer<typeof ForecastFound> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Card title={t('forecast:year.title')} span={12} lead={t('forecast:year.lead', { date: format.dateLong(forecast.asOf) })}>
        <YearFigures forecast={forecast} />
      </Card>
      <Card title={t('forecast:model.title')} span={5}>
        <ModelInWords forecast={forecast} />
      </Card>
      <Card title={t('forecast:groups.title')} span={7} definition={t('forecast:definition.groups')} lead={t('forecast:groups.lead')}>
        <HoldOutGroups forecast={forecast} />
      </Card>
      <Card title={t('forecast:months.title')} span={7} definition={t('forecast:definition.months')} lead={t('forecast:months.lead')}>
        <ComingYear forecast={forecast} />
      </Card>
      <Card title={t('forecast:track.title')} span={5} lead={t('forecast:track.lead')}>
        <HoldOutTrack forecast={forecast} />
      </Card>
      <Card title={t('forecast:candidates.title')} span={7} lead={t('forecast:candidates.lead')}>
        <Candidates forecast={forecast} />
      </Card>
    </>
  );
}
