import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconFileImport, IconRosetteDiscountCheck } from '../../ui/icons.ts';
import { Select } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { HeatTable } from './heat-table.tsx';
import type { Quality } from './quality-figures.ts';
import { type Measure, MEASURES, type QualitySearch } from './search.ts';
import { Corrections } from './corrections.tsx';
import { Problems } from './problems.tsx';
import { SourceGrades } from './source-grades.tsx';
import { Trend } from './trend.tsx';

/** How good the data is: one grade, what lowers it most, and every field of every source. */
export default function QualityScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [words, change] = useWords<QualitySearch>();
  const { data, error, refetch } = useGet<Quality>('/quality');
  const measure = words.measure ?? 'grade';

  if (error || !data) {
    return (
      <Page title={t('nav:quality')}>
        {error ? <ErrorNote error={error} retry={() => void refetch()} /> : <BlockSkeleton height={480} />}
      </Page>
    );
  }
  if (data.fields.length === 0) {
    return (
      <Page title={t('nav:quality')}>
        <EmptyState
          icon={IconRosetteDiscountCheck}
          title={t('quality:empty.title')}
          action={
            can('import.run') && (
              <LinkButton to="/imports/new" leftSection={<IconFileImport size={16} />}>
                {t('sources:load')}
              </LinkButton>
            )
          }
        >
          {t('quality:empty.text')}
        </EmptyState>
      </Page>
    );
  }
  return (
    <BoardPage title={t('nav:quality')}>
      <Card title={t('quality:score.title')} span={4}>
        <Figure
          label={t('quality:score.label')}
          definition={t('quality:definition.score')}
          value={format.percent(data.score)}
          note={t('quality:problems.measured', { when: format.relative(data.takenAt) })}
        />
        <Trend trend={data.trend} />
        <SourceGrades fields={data.fields} />
      </Card>
      <Card title={t('quality:problems.title')} lead={t('quality:problems.lead')} span={8}>
        <Problems problems={data.problems} />
      </Card>
      <Corrections />
      <Card
        title={t('quality:table.title')}
        span={12}
        lead={t(`quality:definition.${measure}`)}
        aside={
          <Select
            size="xs"
            allowDeselect={false}
            aria-label={t('quality:table.measure')}
            value={measure}
            onChange={(next) => change({ measure: next === 'grade' ? undefined : (next as Measure) }, { replace: true })}
            data={MEASURES.map((value) => ({ value, label: t(`quality:measure.${value}`) }))}
          />
        }
      >
        <HeatTable fields={data.fields} measure={measure} />
      </Card>
    </BoardPage>
  );
}
