import { useTranslation } from 'react-i18next';
import { useGet, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Card } from '../../ui/board-page.tsx';
import { useFormat } from '../../ui/format.ts';
import { Badge, Button, Text } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { RunningBulk } from './bulk-progress.tsx';
import { PatternWords } from './pattern-words.tsx';
import classes from './review.module.css';
import type { Bulk } from './schemas.ts';

const LOOK_AGAIN_MS = 15_000;

/** The latest bulk decisions, each of which can be taken back whole. */
export function RecentBulks({ onRunning }: { onRunning: (bulk: RunningBulk) => void }) {
  const { t } = useTranslation();
  const { data } = useGet<{ items: Bulk[] }>('/review/bulk', {}, { every: LOOK_AGAIN_MS });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={t('review:bulk.recent')} span={12}>
      <ul className={classes.bulks} aria-label={t('review:bulk.recent')}>
        {items.map((bulk) => (
          <BulkRow key={bulk.id} bulk={bulk} onRunning={onRunning} />
        ))}
      </ul>
    </Card>
  );
}

const underWay = ({ state }: Bulk) => state === 'deciding' || state === 'undoing';

function BulkRow({ bulk, onRunning }: { bulk: Bulk; onRunning: (bulk: RunningBulk) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const undo = useSend<void, Omit<RunningBulk, 'ends'>>(() => ({ path: `/review/bulk/${bulk.id}/undo` }), {
    refreshes: ['/review', '/jobs'],
    onDone: (running) => {
      tell(t('review:bulk.undoStarted'));
      onRunning({ ...running, ends: 'undone' });
    },
  });
  const mayUndo = bulk.state === 'decided' && can('review.decide') && can('customer.merge');
  return (
    <li>
      <div>
        {t('review:bulk.line', {
          name: bulk.by,
          verdict: t(`review:said.${bulk.verdict}`),
          decided: format.number(bulk.decided),
          pairs: format.number(bulk.pairs),
          at: format.relative(bulk.createdAt),
        })}{' '}
        <Badge color={underWay(bulk) ? 'accent' : 'gray'}>{t(`review:bulk.state.${bulk.state}`)}</Badge>
        <Text size="xs" c="dimmed">
          {bulk.pattern && <PatternWords pattern={bulk.pattern} brief />}
          {bulk.skipped > 0 && t('review:bulk.skipped', { count: bulk.skipped, shown: format.number(bulk.skipped) })}
          {bulk.note && ` ${t('review:noted', { note: bulk.note })}`}
        </Text>
      </div>
      {mayUndo && (
        <Button size="compact-xs" variant="subtle" loading={undo.isPending} onClick={() => undo.mutate()}>
          {t('review:bulk.undo')}
        </Button>
      )}
    </li>
  );
}
