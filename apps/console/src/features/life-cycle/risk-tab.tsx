import type { LifeCycleRow } from '@vinculo/insight/api/life-cycle';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { Card } from '../../ui/board-page.tsx';
import { Definition } from '../../ui/definition.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { StageMark } from '../../ui/group-mark.tsx';
import { Button, Group, Select, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import board from '../../ui/page.module.css';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { ForecastQuality } from './forecast-quality.tsx';
import type { Summary } from './life-cycle.tsx';
import { Reasons } from './reasons.tsx';
import type { LifeCycleSearch } from './search.ts';
import classes from './life-cycle.module.css';

type Row = z.infer<typeof LifeCycleRow>;
const STAGES = ['new', 'active', 'growing', 'at_risk', 'inactive', 'won_back'];
const SORTS = ['-expected_loss', '-churn_risk', '-brought'] as const;

/** Who is about to leave, whom it would cost most to lose first, and how far the forecast can be trusted. */
export function RiskTab({ summary }: { summary: Summary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [words, change] = useWords<LifeCycleSearch>();
  const sort = words.sort ?? '-expected_loss';
  const people = usePage<Row>('/life-cycle/risk', { stage: words.stage, sort, limit: 20 });
  return (
    <div className={board.board}>
      <Card
        title={t('lifecycle:risk.title')}
        definition={t('lifecycle:definition.risk', { days: summary.periodDays })}
        lead={t('lifecycle:risk.lead', { days: summary.periodDays })}
        span={8}
        aside={
          <Group gap="xs">
            <Select
              size="xs"
              w={150}
              clearable
              placeholder={t('lifecycle:risk.anyStage')}
              aria-label={t('lifecycle:risk.stage')}
              value={words.stage ?? null}
              onChange={(stage) => change({ stage: stage ?? undefined }, { replace: true })}
              data={STAGES.map((value) => ({ value, label: t(`value:stage.${value}`) }))}
            />
            <Select
              size="xs"
              w={190}
              allowDeselect={false}
              aria-label={t('lifecycle:risk.sort')}
              value={sort}
              onChange={(next) =>
                change({ sort: next === '-expected_loss' ? undefined : (next as (typeof SORTS)[number]) }, { replace: true })
              }
              data={SORTS.map((value) => ({ value, label: t(`lifecycle:risk.by.${value.slice(1)}`) }))}
            />
          </Group>
        }
      >
        {people.error ? (
          <ErrorNote error={people.error} retry={people.retry} />
        ) : people.loading ? (
          <BlockSkeleton height={400} />
        ) : people.rows.length === 0 ? (
          <Text size="sm">{t('lifecycle:risk.none')}</Text>
        ) : (
          <>
            <ul className={classes.people} aria-label={t('lifecycle:risk.title')}>
              {people.rows.map((row) => (
                <li key={row.id} className={classes.person}>
                  <div>
                    <Link to="/customers/$id" params={{ id: row.id }} search={{ tab: 'value' }} fw={500} size="sm">
                      {row.name}
                    </Link>
                    <div>
                      <StageMark stage={row.stage} />
                    </div>
                  </div>
                  <Reasons reasons={row.reasons} />
                  <div className={classes.end}>
                    <Text fw={600}>{format.percent(row.churnRisk)}</Text>
                    <Definition of={t('lifecycle:definition.risk', { days: summary.periodDays })}>
                      <span className={classes.small}>{t('lifecycle:risk.label')}</span>
                    </Definition>
                  </div>
                  <div className={classes.end}>
                    <Text fw={600}>{format.moneyRound(row.expectedLoss)}</Text>
                    <Definition of={t('lifecycle:definition.expectedLoss', { days: summary.periodDays })}>
                      <span className={classes.small}>{t('lifecycle:risk.loss')}</span>
                    </Definition>
                  </div>
                </li>
              ))}
            </ul>
            {people.more && (
              <Button variant="default" loading={people.fetchingMore} onClick={people.fetchMore} style={{ alignSelf: 'center' }}>
                {t('common:more')}
              </Button>
            )}
          </>
        )}
      </Card>
      <Card title={t('lifecycle:trust.title')} definition={t('lifecycle:definition.trust')} span={4}>
        <ForecastQuality summary={summary} />
      </Card>
    </div>
  );
}
