import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconChecklist } from '../../ui/icons.ts';
import { Button, TextInput, useHotkeys } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Consequences } from './consequences.tsx';
import { Opinions } from './opinions.tsx';
import { Reasons } from './reasons.tsx';
import { ReviewNav } from './review-nav.tsx';
import classes from './review.module.css';
import type { Pair, Settings, Statistics, Verdict } from './schemas.ts';
import type { ReviewSearch } from './search.ts';
import { SideBySide } from './side-by-side.tsx';
import { TodayProgress } from './today-progress.tsx';
import { type Queue, useQueue } from './use-queue.ts';
import { VerdictBar } from './verdict-bar.tsx';

/** One doubtful pair at a time, by keyboard, mouse or thumb; the next is there at once. */
export default function Review() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [words, change] = useWords<ReviewSearch>();
  const queue = useQueue(words.pair, (pair) => change({ pair }, { replace: true }));
  const { data: figures } = useGet<Statistics>('/review/statistics');
  return (
    <Page title={t('review:title')} aside={figures && <TodayProgress figures={figures} />} actions={<ReviewNav current="queue" />}>
      {figures && figures.disagreed > 0 && words.pair === undefined && can('customer.merge') && (
        <p className={classes.notice}>
          {t('review:settle.open', { count: figures.disagreed, shown: format.number(figures.disagreed) })}{' '}
          <Link to="/review/list" search={{ list: 'disagreed' }} size="sm">
            {t('review:settle.go')}
          </Link>
        </p>
      )}
      {queue.current ? <OnePair key={queue.current} id={queue.current} queue={queue} /> : <NoPair queue={queue} />}
    </Page>
  );
}

function NoPair({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  useHotkeys([['z', queue.undo]]);
  if (queue.error) return <ErrorNote error={queue.error} retry={queue.retry} />;
  if (queue.loading) return <BlockSkeleton height={420} />;
  return (
    <>
      <EmptyState
        icon={IconChecklist}
        title={t('review:empty.title')}
        action={queue.skipped > 0 && <Button onClick={queue.seeSkipped}>{t('review:empty.skipped')}</Button>}
      >
        {t('review:empty.text')}
      </EmptyState>
      {queue.said && <VerdictBar queue={queue} settles={false} disabled onVerdict={() => {}} />}
    </>
  );
}

function OnePair({ id, queue }: { id: string; queue: Queue }) {
  const { t } = useTranslation();
  const can = useCan();
  const { data: pair, error, refetch } = useGet<Pair>(`/review/pairs/${id}`);
  const { data: settings } = useGet<Settings>('/review/settings', {}, { staleTime: 60_000 });
  const [note, setNote] = useState<string>();
  const disagreed = pair?.state === 'disagreed';
  const settles = disagreed && can('customer.merge');
  // Who said so in a disagreement has had their say; what was decided elsewhere is no question.
  const answered = pair !== undefined && !pair.asks && !disagreed && pair.state !== 'decided';
  const mayDecide = can('review.decide') && pair !== undefined && !answered && (!disagreed || settles);
  const verdict = (said: Verdict) => {
    if (mayDecide && !(settles && said === 'unsure')) queue.decide(said, note?.trim() || undefined, settles);
  };
  useHotkeys([
    ['s', () => verdict('same')],
    ['d', () => verdict('different')],
    ['u', () => verdict('unsure')],
    ['z', queue.undo],
    ['ArrowRight', queue.skip],
    ['c', () => setNote((before) => before ?? '')],
  ]);

  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  return (
    <>
      {pair ? (
        <div className={classes.pair}>
          <div className={classes.main}>
            <h2 className={classes.question}>{t(`review:question.${pair.kind}.${pair.doubt}`)}</h2>
            {pair.refusal && <p className={classes.refusal}>{t(`review:refusal.${pair.refusal}`)}</p>}
            {answered && (
              <div className={classes.notice} role="note">
                {t('review:gone')}
              </div>
            )}
            {disagreed && (
              <div className={classes.notice} role="note">
                <b>{t('review:settle.title')}</b>
                <br />
                {t(settles ? 'review:settle.text' : 'review:settle.refused')}
              </div>
            )}
            <SideBySide pair={pair} />
            <Opinions opinions={pair.opinions} />
          </div>
          <div className={classes.side}>
            <Consequences pair={pair} second={settings?.secondOpinion === true && pair.opinions.length === 0} />
            <Reasons pair={pair} />
          </div>
        </div>
      ) : (
        <BlockSkeleton height={420} />
      )}
      {can('review.decide') && (
        <VerdictBar queue={queue} settles={settles} disabled={!mayDecide} onVerdict={verdict}>
          <Note note={note} onNote={setNote} />
        </VerdictBar>
      )}
    </>
  );
}

/** A comment for the history, asked for only by who wants to write one. */
function Note({ note, onNote }: { note: string | undefined; onNote: (note: string) => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  const writing = note !== undefined;
  useEffect(() => {
    if (writing) box.current?.focus();
  }, [writing]);
  if (!writing) {
    return (
      <Button size="compact-xs" variant="subtle" onClick={() => onNote('')}>
        {t('review:note.add')}
      </Button>
    );
  }
  return (
    <TextInput
      ref={box}
      size="xs"
      aria-label={t('review:note.label')}
      placeholder={t('review:note.help')}
      maxLength={500}
      value={note}
      onChange={(event) => onNote(event.currentTarget.value)}
      onKeyDown={(event) => {
        // Back to the keys that decide.
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
      className={classes.noteBox!}
    />
  );
}
