import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Change } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Box, Badge, Progress, Table, Text } from '../../ui/kit.ts';
import { Link, type Target } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import classes from './boards.module.css';
import { Bars, Flows, Pareto, Trend } from './charts.tsx';
import { Cohorts, Funnel, RfmCells } from './grids.tsx';
import { useNumbers } from './numbers.ts';
import type { CardView, Result } from './use-boards.ts';

const ProvinceMap = lazy(() => import('./province-map.tsx'));

/** Which part of a card was pressed; nothing for the whole. */
export interface Pressed {
  key?: string;
  second?: string;
  /** What it is called. */
  part?: string;
}
export interface BodyProps {
  card: CardView;
  result: Result;
  onPress: (pressed: Pressed) => void;
}

/** What a card shows, or what is missing and what to do. */
export function CardBody(props: BodyProps) {
  const { card, result } = props;
  if (result.advice) return <Advice advice={result.advice} question={card.question} />;
  switch (card.kind) {
    case 'number':
      return <NumberBody {...props} />;
    case 'trend':
      return <Trend {...props} />;
    case 'bar':
      return <Bars {...props} />;
    case 'pareto':
      return <Pareto {...props} />;
    case 'map':
      return (
        <Suspense fallback={<BlockSkeleton height={320} />}>
          <ProvinceMap {...props} />
        </Suspense>
      );
    case 'rfm':
      return <RfmCells {...props} />;
    case 'cohort':
      return <Cohorts {...props} />;
    case 'funnel':
      return <Funnel {...props} />;
    case 'sankey':
      return <Flows {...props} />;
    case 'question':
      return <QuestionBody {...props} />;
  }
}

const WAYS: Partial<Record<string, Target>> = {
  no_purchases: { to: '/imports/new' },
  no_provinces: { to: '/imports/new' },
  no_categories: { to: '/imports/new' },
  no_contacts: { to: '/imports/new' },
  no_forecast: { to: '/value' },
  no_life_cycle: { to: '/value' },
  no_loyalty: { to: '/value' },
  no_tiers: { to: '/value' },
};

function Advice({ advice, question }: { advice: NonNullable<Result['advice']>; question: string | undefined }) {
  const { t } = useTranslation();
  const way = WAYS[advice];
  return (
    <Text size="sm" c="dimmed">
      {t(`boards:advice.${advice}`)} {way && <Link {...way}>{t(way.to === '/value' ? 'boards:goValue' : 'boards:goImport')}</Link>}
      {advice === 'question_refused' && question && (
        <Link to="/questions" search={{ id: question }}>
          {t('boards:openQuestion')}
        </Link>
      )}
    </Text>
  );
}

function NumberBody({ result, onPress }: BodyProps) {
  const numbers = useNumbers(result);
  return (
    <div>
      <button type="button" className={classes.number} onClick={() => onPress({})}>
        {numbers.full(result.value)}
      </button>
      <Beside result={result} />
    </div>
  );
}

/** What a number is compared with, and its target. */
export function Beside({ result }: { result: Result }) {
  const { t } = useTranslation();
  const numbers = useNumbers(result);
  const format = useFormat();
  const { against, notAgainst, target } = result;
  return (
    <>
      {notAgainst && (
        <Text size="xs" c="dimmed">
          {notAgainst}
        </Text>
      )}
      {against && (
        <Text size="xs" c="dimmed">
          {against.better === null ? (
            <b>{numbers.change(against, result.value)}</b>
          ) : (
            <Change text={numbers.change(against, result.value)} better={against.better} />
          )}{' '}
          <span title={numbers.full(against.value)}>{against.words}</span>
        </Text>
      )}
      {target && (
        <div style={{ marginTop: 6 }}>
          {target.reached !== null && (
            <Progress value={Math.max(0, Math.min(100, target.reached * 100))} size="sm" aria-label={t('boards:target')} />
          )}
          <Text size="xs" c="dimmed" mt={2}>
            {target.reached === null
              ? t('boards:targetIs', { period: target.words, value: numbers.full(target.value) })
              : t('boards:targetReached', {
                  share: format.percent(target.reached),
                  period: target.words,
                  value: numbers.full(target.value),
                })}{' '}
            {target.onPace !== null && (
              <Badge size="xs" color={target.onPace ? 'teal' : 'orange'}>
                {t(target.onPace ? 'boards:onPace' : 'boards:offPace')}
              </Badge>
            )}
          </Text>
        </div>
      )}
    </>
  );
}

function QuestionBody(props: BodyProps) {
  const { result } = props;
  const numbers = useNumbers(result);
  const format = useFormat();
  if (result.points.length > 0)
    return result.againstWords === 'line' ? <Trend {...props} result={{ ...result, againstWords: '' }} /> : <Bars {...props} />;
  if (result.value !== null) return <span className={classes.number}>{numbers.full(result.value)}</span>;
  const { columns, rows } = result.table ?? { columns: [], rows: [] };
  return (
    <Box className={classes.scroll} style={{ maxHeight: 320, overflow: 'auto' }} tabIndex={0} role="region" aria-label={result.title}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name }) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, n) => (
            <Table.Tr key={n}>
              {row.map((value, column) => (
                <Table.Td key={column}>
                  {value === null ? '–' : typeof value === 'number' ? format.number(value, Number.isInteger(value) ? 0 : 2) : String(value)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
