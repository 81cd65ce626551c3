import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import { BulkProgress, type RunningBulk } from './bulk-progress.tsx';
import { PatternWords } from './pattern-words.tsx';
import { RecentBulks } from './recent-bulks.tsx';
import { ReviewNav } from './review-nav.tsx';
import classes from './review.module.css';
import type { Pattern } from './schemas.ts';

/** Pairs of one kind, decided all at once after a look at what that would do; and taken back all at once. */
export default function ReviewPatterns() {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<{ items: Pattern[] }>('/review/patterns');
  const [asking, setAsking] = useState<string>();
  const [running, setRunning] = useState<RunningBulk>();
  const over = useCallback(() => setRunning(undefined), []);
  const can = useCan();
  const mayOneByOneOnly = can('review.decide') && !can('customer.merge');
  return (
    <BoardPage title={t('review:title')} actions={<ReviewNav current="patterns" />}>
      <Card title={t('review:patterns.title')} lead={t('review:patterns.text')} span={12}>
        {running && <BulkProgress key={running.jobId} bulk={running} onOver={over} />}
        {error && <ErrorNote error={error} retry={() => void refetch()} />}
        {!data && !error && <RowSkeletons rows={6} />}
        {mayOneByOneOnly && (data?.items.length ?? 0) > 0 && (
          <Text size="sm" mb="sm">
            {t('review:patterns.oneByOne')} <Link to="/review">{t('review:patterns.toOne')}</Link>
          </Text>
        )}
        {data?.items.length === 0 && <Text size="sm">{t('review:patterns.none')}</Text>}
        {data && (
          <ul className={classes.patterns} aria-label={t('review:patterns.title')}>
            {data.items.map((pattern) => (
              <PatternRow key={pattern.pattern} pattern={pattern} onDecide={() => setAsking(pattern.pattern)} />
            ))}
          </ul>
        )}
      </Card>
      <RecentBulks onRunning={setRunning} />
      {asking && (
        <BulkDialog
          which={{ pattern: asking }}
          onClose={() => setAsking(undefined)}
          onStarted={(started) => {
            setAsking(undefined);
            setRunning(started);
          }}
        />
      )}
    </BoardPage>
  );
}

function PatternRow({ pattern, onDecide }: { pattern: Pattern; onDecide: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { pairs, probability, same, different } = pattern;
  return (
    <li className={classes.pattern}>
      <div>
        <PatternWords pattern={pattern.pattern} />
        {same + different > 0 && (
          <Text size="xs" c="dimmed">
            {t('review:patterns.history', { same: format.number(same), different: format.number(different) })}
          </Text>
        )}
      </div>
      <div className={classes.patternCount}>
        <Link to="/review/list" search={{ pattern: pattern.pattern }} size="sm" fw={600}>
          {t('review:patterns.pairs', { count: pairs, shown: format.number(pairs) })}
        </Link>
        <Text size="xs" c="dimmed">
          {t('review:patterns.model', { probability: format.percent(probability, 0) })}
        </Text>
      </div>
      {can('review.decide') && can('customer.merge') && (
        <Button size="xs" variant="default" onClick={onDecide}>
          {t('review:patterns.decide')}
        </Button>
      )}
    </li>
  );
}
