import { useTranslation } from 'react-i18next';
import { useRefresh } from '../../api/queries.ts';
import { Definition } from '../../ui/definition.tsx';
import { useFormat } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Stack, Text } from '../../ui/kit.ts';
import type { Overview } from './duplicates.tsx';
import { HowFar } from './how-far.tsx';

/** The last time records were compared, and how sure it is of itself; the one running now, if any. */
export function LastRun({ run, jobId, onOver }: { run: Overview['lastRun']; jobId: string | undefined; onOver: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const refresh = useRefresh();
  return (
    <Stack gap="md">
      {jobId && (
        <JobProgress
          jobId={jobId}
          nameless
          onOver={() => {
            onOver();
            void refresh('/duplicates', '/customers', '/home');
          }}
        />
      )}
      {run ? (
        <>
          <Text size="sm">
            {t(`duplicates:run.${run.scope}`, { at: format.relative(run.at), took: format.duration(Math.max(1, run.seconds)) })}{' '}
            {t('duplicates:run.pairs', { count: run.pairs, shown: format.number(run.pairs) })}
          </Text>
          {(run.estimatedPrecision !== null || run.estimatedRecall !== null) && (
            <Text size="sm" component="ul" m={0} pl="lg">
              {run.estimatedPrecision !== null && (
                <li>
                  <Definition of={t('duplicates:definition.precision')}>{t('duplicates:run.precision')}</Definition>:{' '}
                  <b>{format.percent(run.estimatedPrecision, 1)}</b>
                </li>
              )}
              {run.estimatedRecall !== null && (
                <li>
                  <Definition of={t('duplicates:definition.recall')}>{t('duplicates:run.recall')}</Definition>:{' '}
                  <b>{format.percent(run.estimatedRecall, 1)}</b>
                </li>
              )}
            </Text>
          )}
          <HowFar />
        </>
      ) : (
        !jobId && <Text size="sm">{t('duplicates:run.never')}</Text>
      )}
    </Stack>
  );
}
