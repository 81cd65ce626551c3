import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconArrowDown, IconArrowUp, IconChevronRight, IconArrowLeft } from '../../ui/icons.ts';
import { Box, ActionIcon, Group, Select, SegmentedControl, Table, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import classes from './questions.module.css';
import type { Answer, QuestionView } from './use-run.ts';

const PAGE = 100;
const CHARTED = 200;
type ChartOf = QuestionView['chart'];

/** What came back: a table that sorts, by pages, or a simple chart of it. */
export function AnswerView({ answer, chart, onChart }: { answer: Answer; chart: ChartOf; onChart: (chart: ChartOf) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = answer.columns.filter(({ kind }) => kind === 'number');
  return (
    <section className={classes.panel} aria-label={t('questions:result')}>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed" role="status">
          {t('questions:rows', { count: answer.rows.length })} {t('questions:took', { time: format.number(answer.milliseconds) })}
        </Text>
        <Group gap="sm">
          {chart.kind !== 'table' && chart.kind !== 'number' && (
            <Select
              size="xs"
              aria-label={t('questions:chart.x')}
              value={axis(answer, chart)}
              data={answer.columns.map(({ name }) => name)}
              onChange={(x) => x && onChart({ ...chart, x })}
            />
          )}
          {chart.kind !== 'table' && (
            <Select
              size="xs"
              aria-label={t('questions:chart.y')}
              value={measured(answer, chart) ?? null}
              data={numbers.map(({ name }) => name)}
              onChange={(y) => y && onChart({ ...chart, y })}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('questions:result')}
            value={chart.kind}
            data={(['table', 'bar', 'line', 'number'] as const).map((kind) => ({ value: kind, label: t(`questions:chart.${kind}`) }))}
            onChange={(kind) => onChart({ ...chart, kind: kind as ChartOf['kind'] })}
          />
        </Group>
      </Group>
      {answer.more && <Text size="sm">{t('questions:moreRows')}</Text>}
      {answer.rows.length === 0 ? (
        <Text size="sm">{t('questions:noRows')}</Text>
      ) : chart.kind === 'table' ? (
        <AnswerTable answer={answer} />
      ) : measured(answer, chart) === undefined ? (
        <Text size="sm">{t('questions:noNumbers')}</Text>
      ) : chart.kind === 'number' ? (
        <Text size="xl" fw={600}>
          {format.number(Number(answer.rows[0]![answer.columns.findIndex(({ name }) => name === measured(answer, chart))]), 2)}
        </Text>
      ) : (
        <AnswerChart answer={answer} chart={chart} />
      )}
    </section>
  );
}

const axis = ({ columns }: Answer, { x }: ChartOf): string =>
  columns.find(({ name }) => name === x)?.name ?? columns.find(({ kind }) => kind !== 'number')?.name ?? columns[0]!.name;
const measured = ({ columns }: Answer, { y }: ChartOf): string | undefined =>
  (columns.find(({ name, kind }) => name === y && kind === 'number') ?? columns.find(({ kind }) => kind === 'number'))?.name;

function AnswerChart({ answer, chart }: { answer: Answer; chart: ChartOf }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [x, y] = [axis(answer, chart), measured(answer, chart)!];
  const at = (name: string) => answer.columns.findIndex((column) => column.name === name);
  const rows = useMemo(() => answer.rows.slice(0, CHARTED), [answer]);
  const [ax, ay] = [at(x), at(y)];
  const option = useMemo((): ChartOption => {
    const names = rows.map((row) => String(row[ax] ?? '–'));
    const values = rows.map((row) => row[ay]);
    const category = { type: 'category' as const, data: names };
    const value = { type: 'value' as const, axisLabel: { formatter: (one: number) => format.short(one) } };
    const lying = chart.kind === 'bar' && rows.length <= 25;
    return {
      tooltip: { trigger: 'axis' },
      xAxis: lying ? value : category,
      yAxis: lying ? { ...category, inverse: true, axisLabel: { width: 160, overflow: 'truncate' } } : value,
      series: [{ name: y, type: chart.kind, data: values, barMaxWidth: 24, showSymbol: rows.length < 40 }],
    };
  }, [rows, ax, ay, chart.kind, y, format]);
  return (
    <Chart
      option={option}
      height={chart.kind === 'bar' && rows.length <= 25 ? Math.max(180, rows.length * 26 + 40) : 320}
      caption={`${y} · ${x}`}
      table={{
        columns: [x, y],
        rows: rows.map((row) => [String(row[ax] ?? '–'), row[ay] === null ? '–' : format.number(Number(row[ay]), 2)]),
      }}
      key={t('questions:result')}
    />
  );
}

function AnswerTable({ answer: { columns, rows } }: { answer: Answer }) {
  const { t } = useTranslation();
  const [sort, setSort] = useState<{ column: number; down: boolean }>();
  const [page, setPage] = useState(0);
  const sorted = useMemo(() => {
    if (!sort) return rows;
    const { column, down } = sort;
    const order = (a: unknown[], b: unknown[]) => compared(a[column], b[column]) * (down ? -1 : 1);
    return rows.toSorted(order);
  }, [rows, sort]);
  const pages = Math.ceil(rows.length / PAGE);
  const shown = sorted.slice(Math.min(page, pages - 1) * PAGE, (Math.min(page, pages - 1) + 1) * PAGE);
  return (
    <>
      <Box className={classes.result} tabIndex={0} role="region" aria-label={t('questions:result')}>
        <Table stickyHeader aria-label={t('questions:result')}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, type, kind }, column) => (
                <Table.Th
                  key={name}
                  className={kind === 'number' ? classes.right! : ''}
                  aria-sort={sort?.column === column ? (sort.down ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    className={classes.sort}
                    title={type}
                    aria-label={t('questions:sortBy', { column: name })}
                    onClick={() => {
                      setSort({ column, down: sort?.column === column ? !sort.down : kind === 'number' });
                      setPage(0);
                    }}
                  >
                    {name}{' '}
                    {sort?.column === column &&
                      (sort.down ? <IconArrowDown size={12} aria-hidden /> : <IconArrowUp size={12} aria-hidden />)}
                  </button>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row, n) => (
              <Table.Tr key={n}>
                {row.map((value, column) => (
                  <Table.Td key={column} className={columns[column]!.kind === 'number' ? classes.right! : ''}>
                    <Cell name={columns[column]!.name} value={value} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Box>
      {pages > 1 && (
        <Group mt="sm" gap="sm" justify="flex-end">
          <ActionIcon variant="default" disabled={page === 0} onClick={() => setPage(page - 1)} aria-label={t('questions:before')}>
            <IconArrowLeft size={16} />
          </ActionIcon>
          <Text size="sm">{t('questions:page', { page: page + 1, pages })}</Text>
          <ActionIcon variant="default" disabled={page >= pages - 1} onClick={() => setPage(page + 1)} aria-label={t('questions:after')}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </Group>
      )}
    </>
  );
}

function compared(a: unknown, b: unknown): number {
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : -1;
  if (b === null || b === undefined) return 1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
}

/** A customer's id opens the customer. */
function Cell({ name, value }: { name: string; value: unknown }) {
  const format = useFormat();
  if (value === null || value === undefined) return <>–</>;
  if (name === 'customer_id' && typeof value === 'string')
    return (
      <Link to="/customers/$id" params={{ id: value }}>
        {value.slice(0, 8)}…
      </Link>
    );
  if (typeof value === 'number') return <>{format.number(value, Number.isInteger(value) ? 0 : Math.abs(value) < 1 ? 4 : 2)}</>;
  return <>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</>;
}
