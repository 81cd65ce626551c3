import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconChecklist } from '../../ui/icons.ts';
import { Alert, Badge, Button, Group, NativeSelect, SegmentedControl, Text } from '../../ui/kit.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { usePhone } from '../../ui/screen-size.ts';
import type { Source } from '../sources/use-sources.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { BulkProgress, type RunningBulk } from './bulk-progress.tsx';
import { PatternWords } from './pattern-words.tsx';
import { ReviewNav } from './review-nav.tsx';
import classes from './review.module.css';
import type { Row, Statistics } from './schemas.ts';
import type { ReviewListSearch } from './search.ts';
import { useWhoSaid } from './who-said.ts';

const LISTS = ['open', 'disagreed', 'decided', 'mine'] as const;
const DOUBTS = ['between', 'inside', 'refused'] as const;

/** Every pair: to decide, in disagreement, decided; those chosen can be decided together. */
export default function ReviewList() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const phone = usePhone();
  const whoSaid = useWhoSaid();
  const [words, change] = useWords<ReviewListSearch>();
  const [chosen, setChosen] = useState<{ pairs: string[]; clear: () => void }>();
  const [running, setRunning] = useState<RunningBulk>();
  const over = useCallback(() => setRunning(undefined), []);
  const list = words.list ?? 'open';
  const rows = usePage<Row>('/review/pairs', { ...words, list });
  const { data: figures } = useGet<Statistics>('/review/statistics');
  const sources = useGet<{ items: Source[] }>('/sources', {}, { enabled: can('source.read') });
  const see = (value: string) => change({ list: value === 'open' ? undefined : (value as ReviewListSearch['list']) });
  const which = {
    'aria-label': t('review:list.which'),
    value: list,
    data: LISTS.map((value) => ({ value, label: t(`review:list.${value}`) })),
  };
  const count = figures && !words.doubt && !words.source && !words.pattern ? countOf(list, figures) : undefined;

  return (
    <>
      <ListPage<Row>
        screen="review"
        title={t('review:title')}
        count={count === undefined ? undefined : { count, exact: true }}
        actions={<ReviewNav current="list" />}
        rows={rows}
        rowId={({ id }) => id}
        rowName={nameOf}
        rowLink={({ id }) => ({ to: '/review', search: { pair: id } })}
        words={words}
        onWords={(next, options) => change(next as Partial<ReviewListSearch>, options)}
        moreFilters={
          phone ? (
            <NativeSelect size="sm" {...which} onChange={(event) => see(event.currentTarget.value)} />
          ) : (
            <SegmentedControl size="xs" {...which} onChange={see} />
          )
        }
        filters={[
          { word: 'doubt', label: t('review:list.doubt'), options: DOUBTS.map((value) => ({ value, label: t(`review:doubt.${value}`) })) },
          ...(can('source.read')
            ? [
                {
                  word: 'source',
                  label: t('review:list.source'),
                  options: (sources.data?.items ?? []).map(({ id, label }) => ({ value: id, label })),
                },
              ]
            : []),
        ]}
        {...(list === 'open' && can('review.decide') && can('customer.merge')
          ? {
              bulk: (pairs: string[], clear: () => void) => (
                <Button size="xs" onClick={() => setChosen({ pairs, clear })}>
                  {t('review:list.decide', { count: pairs.length })}
                </Button>
              ),
            }
          : {})}
        empty={
          <EmptyState icon={IconChecklist} title={t(list === 'open' ? 'review:empty.title' : 'review:list.empty')}>
            {list === 'open' && t('review:empty.text')}
          </EmptyState>
        }
        columns={[
          { id: 'pair', header: t('review:list.pair'), width: 260, cell: nameOf },
          {
            id: 'sources',
            header: t('review:list.source'),
            width: 200,
            cell: ({ a, b }) => format.list([...new Set([a.sourceLabel, b.sourceLabel])]),
          },
          { id: 'doubt', header: t('review:list.doubt'), width: 110, cell: ({ doubt }) => t(`review:doubt.${doubt}`) },
          {
            id: 'probability',
            header: t('review:list.probability'),
            width: 120,
            align: 'right',
            // Rounded down: what is in doubt is never 100 %.
            cell: ({ probability }) => format.percent(Math.floor(probability * 100) / 100, 0),
          },
          { id: 'opinions', header: t('review:list.opinions'), width: 260, cell: ({ opinions }) => whoSaid(opinions) },
          { id: 'state', header: t('review:list.state'), width: 180, cell: (row) => <State row={row} /> },
        ]}
      >
        {running && <BulkProgress key={running.jobId} bulk={running} onOver={over} />}
        {words.pattern && (
          <Alert mb="sm" p="xs">
            <Group justify="space-between">
              <Text size="sm">
                <PatternWords pattern={words.pattern} />
              </Text>
              <Button size="compact-xs" variant="subtle" onClick={() => change({ pattern: undefined })}>
                {t('review:list.clearPattern')}
              </Button>
            </Group>
          </Alert>
        )}
      </ListPage>
      {chosen && (
        <BulkDialog
          which={{ pairs: chosen.pairs }}
          onClose={() => setChosen(undefined)}
          onStarted={(started) => {
            chosen.clear();
            setChosen(undefined);
            setRunning(started);
          }}
        />
      )}
    </>
  );
}

const nameOf = ({ a, b }: Row) => (a.name === b.name ? a.name : `${a.name} · ${b.name}`);

function countOf(list: (typeof LISTS)[number], figures: Statistics): number | undefined {
  if (list === 'mine') return undefined;
  return figures[list];
}

function State({ row: { state, verdict } }: { row: Row }) {
  const { t } = useTranslation();
  if (state === 'decided' && verdict) return <Badge>{t(`review:verdict.${verdict}`)}</Badge>;
  if (state === 'disagreed') return <span className={`${classes.level} ${classes.near}`}>{t('review:state.disagreed')}</span>;
  return <Badge color="gray">{t(`review:state.${state}`)}</Badge>;
}
