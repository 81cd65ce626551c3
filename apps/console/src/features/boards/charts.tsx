import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';
import { UnstyledButton } from '../../ui/kit.ts';
import { Beside, type BodyProps, type Pressed } from './card-body.tsx';
import classes from './boards.module.css';
import { useNumbers } from './numbers.ts';
import type { Result } from './use-boards.ts';

type Point = Result['points'][number];

/** The bar of all that have none of their own: there is no one list behind it. */
export const OTHERS = '…';

/** The same numbers as a table, each leading to who is behind it. */
function useTable(result: Result, first: string, onPress: BodyProps['onPress']) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = useNumbers(result);
  const shares = result.points.some(({ share }) => share !== null);
  const others = result.againstWords !== '' && result.points.some(({ against }) => against !== null);
  return {
    columns: [first, t('boards:column.value'), ...(shares ? [t('boards:column.share')] : []), ...(others ? [result.againstWords] : [])],
    rows: result.points.map((point) => [
      point.label,
      point.key === OTHERS || point.value === null ? (
        numbers.full(point.value)
      ) : (
        <UnstyledButton
          key={point.key}
          c="var(--mantine-color-anchor)"
          fz="sm"
          onClick={() => onPress({ key: point.key, part: point.label })}
        >
          {numbers.full(point.value)}
        </UnstyledButton>
      ),
      ...(shares ? [point.share === null ? '–' : format.percent(point.share, 1)] : []),
      ...(others ? [numbers.full(point.against)] : []),
    ]),
  };
}

const highest = (points: readonly Point[]): Point | undefined =>
  points
    .filter(({ key, value }) => key !== OTHERS && value !== null)
    .reduce<Point | undefined>((top, point) => (top && top.value! >= point.value! ? top : point), undefined);

const pressed = (point: Point | undefined, onPress: BodyProps['onPress']) => {
  if (point && point.key !== OTHERS) onPress({ key: point.key, part: point.label } satisfies Pressed);
};

export function Trend({ card, result, onPress }: BodyProps) {
  const { t } = useTranslation();
  const numbers = useNumbers(result);
  const { points, againstWords } = result;
  const table = useTable(result, t('boards:column.part'), onPress);
  const option = useMemo((): ChartOption => {
    const compared = againstWords !== '' && points.some(({ against }) => against !== null);
    const targets = points.some(({ target }) => target !== null);
    const own = result.period?.words || result.title;
    return {
      grid: { left: 4, right: 8, top: compared || targets ? 32 : 12, bottom: 10, containLabel: true },
      ...(compared || targets ? { legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 8, type: 'scroll' } } : {}),
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => numbers.full(typeof value === 'number' ? value : null),
      },
      xAxis: { type: 'category', data: points.map(({ label }) => label), boundaryGap: false },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => numbers.short(value) } },
      series: [
        {
          name: own,
          type: 'line',
          data: points.map(({ value }) => value),
          symbol: 'circle',
          symbolSize: points.length > 40 ? 0 : 6,
          showSymbol: points.length <= 40,
          lineStyle: { width: 2.5 },
          areaStyle: { opacity: 0.08 },
        },
        ...(compared
          ? [
              {
                name: againstWords,
                type: 'line',
                data: points.map(({ against }) => against),
                showSymbol: false,
                lineStyle: { type: 'dashed', width: 1.5 },
                color: '#8d7aa8',
              },
            ]
          : []),
        ...(targets
          ? [
              {
                name: t('boards:target'),
                type: 'line',
                step: 'middle',
                data: points.map(({ target }) => target),
                showSymbol: false,
                lineStyle: { type: 'dotted', width: 2 },
                color: '#d9701a',
              },
            ]
          : []),
      ],
    };
  }, [points, againstWords, numbers, result, t]);
  const top = highest(points);
  return (
    <>
      {card.kind === 'trend' && (
        <div style={{ marginBottom: 4 }}>
          <button type="button" className={classes.number} onClick={() => onPress({})}>
            {numbers.full(result.value)}
          </button>
          <Beside result={result} />
        </div>
      )}
      <Chart
        option={option}
        height={220}
        caption={top ? t('boards:caption.trend', { value: numbers.full(top.value), label: top.label }) : result.title}
        table={table}
        onPick={({ index }) => pressed(points[index], onPress)}
      />
    </>
  );
}

export function Bars({ result, onPress }: BodyProps) {
  const { t } = useTranslation();
  const numbers = useNumbers(result);
  const format = useFormat();
  const { points, againstWords } = result;
  const table = useTable(result, t('boards:column.part'), onPress);
  const option = useMemo((): ChartOption => {
    const compared = againstWords !== '' && points.some(({ against }) => against !== null);
    return {
      // Room at the right for what is written after the longest bar: «31,9 mil € · 53 %».
      grid: {
        left: 4,
        right: points.some(({ share }) => share !== null) ? 116 : 72,
        top: compared ? 28 : 4,
        bottom: 10,
        containLabel: true,
      },
      ...(compared ? { legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8 } } : {}),
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        valueFormatter: (value: unknown) => numbers.full(typeof value === 'number' ? value : null),
      },
      xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: points.map(({ label }) => label),
        axisLabel: { width: 130, overflow: 'truncate' },
      },
      series: [
        {
          name: result.period?.words || result.title,
          type: 'bar',
          data: points.map(({ value, key }) => ({ value, ...(key === OTHERS ? { itemStyle: { color: '#8f959f' } } : {}) })),
          barMaxWidth: 22,
          itemStyle: { borderRadius: [0, 3, 3, 0] },
          label: {
            show: true,
            position: 'right',
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const { value, share } = points[dataIndex]!;
              return value === null ? '' : `${numbers.short(value)}${share === null ? '' : ` · ${format.percent(share)}`}`;
            },
          },
        },
        ...(compared
          ? [{ name: againstWords, type: 'bar', data: points.map(({ against }) => against), barMaxWidth: 10, color: '#b9b3c9' }]
          : []),
      ],
    };
  }, [points, againstWords, numbers, format, result]);
  const top = highest(points);
  return (
    <>
      <Beside result={result} />
      <Chart
        option={option}
        height={Math.max(140, points.length * (againstWords && points.some(({ against }) => against !== null) ? 38 : 27) + 34)}
        caption={top ? t('boards:caption.bar', { label: top.label, value: numbers.full(top.value) }) : result.title}
        table={table}
        onPick={({ index }) => pressed(points[index], onPress)}
      />
    </>
  );
}

export function Pareto({ result, onPress }: BodyProps) {
  const { t } = useTranslation();
  const numbers = useNumbers(result);
  const format = useFormat();
  const { points } = result;
  const table = useTable(result, t('boards:column.part'), onPress);
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 4, right: 4, top: 16, bottom: 10, containLabel: true },
      tooltip: {
        trigger: 'axis',
        formatter: ([first]: { dataIndex: number }[]) => {
          const { label, value, cumulative } = points[first!.dataIndex]!;
          return `${label}<br>${numbers.full(value)}${cumulative === null ? '' : `<br>${t('boards:column.cumulative')}: ${format.percent(cumulative)}`}`;
        },
      },
      xAxis: {
        type: 'category',
        data: points.map(({ label }) => label),
        axisLabel: { interval: 0, rotate: points.length > 6 ? 35 : 0, width: 90, overflow: 'truncate' },
      },
      yAxis: [
        { type: 'value', axisLabel: { formatter: (value: number) => numbers.short(value) } },
        { type: 'value', min: 0, max: 1, axisLabel: { formatter: (value: number) => format.percent(value) }, splitLine: { show: false } },
      ],
      series: [
        {
          type: 'bar',
          data: points.map(({ value, key }) => ({ value, ...(key === OTHERS ? { itemStyle: { color: '#8f959f' } } : {}) })),
          itemStyle: { borderRadius: [3, 3, 0, 0] },
        },
        {
          type: 'line',
          yAxisIndex: 1,
          data: points.map(({ cumulative }) => cumulative),
          symbolSize: 5,
          markLine: { silent: true, symbol: 'none', data: [{ yAxis: 0.8 }], label: { show: false } },
        },
      ],
    }),
    [points, numbers, format, t],
  );
  const enough = points.findIndex(({ cumulative }) => cumulative !== null && cumulative >= 0.8) + 1;
  return (
    <Chart
      option={option}
      height={260}
      caption={t('boards:caption.pareto', { count: enough || points.length, total: points.length })}
      table={table}
      onPick={({ index }) => pressed(points[index], onPress)}
    />
  );
}

export function Flows({ result, onPress }: BodyProps) {
  const { t } = useTranslation();
  const numbers = useNumbers(result);
  const { flows } = result;
  const option = useMemo((): ChartOption => {
    const nodes = new Map<string, { name: string; label: { formatter: string; position: string } }>();
    for (const { from, fromLabel, to, toLabel } of flows) {
      nodes.set(`1 ${from}`, { name: `1 ${from}`, label: { formatter: fromLabel, position: 'right' } });
      nodes.set(`2 ${to}`, { name: `2 ${to}`, label: { formatter: toLabel, position: 'left' } });
    }
    return {
      tooltip: {
        trigger: 'item',
        formatter: ({ data }: { data: { words?: string; value: number } }) =>
          data.words ? `${data.words}<br>${numbers.full(data.value)}` : '',
      },
      series: [
        {
          type: 'sankey',
          left: 4,
          right: 4,
          top: 8,
          bottom: 8,
          nodeWidth: 12,
          draggable: false,
          emphasis: { focus: 'adjacency' },
          lineStyle: { color: 'source', opacity: 0.35 },
          data: [...nodes.values()],
          links: flows.map(({ from, fromLabel, to, toLabel, value }) => ({
            source: `1 ${from}`,
            target: `2 ${to}`,
            value,
            words: `${fromLabel} → ${toLabel}`,
          })),
        },
      ],
    };
  }, [flows, numbers]);
  const top = flows[0];
  const press = (flow: (typeof flows)[number] | undefined) =>
    flow && onPress({ key: flow.from, second: flow.to, part: `${flow.fromLabel} → ${flow.toLabel}` });
  return (
    <Chart
      option={option}
      height={300}
      caption={top ? t('boards:caption.sankey', { from: top.fromLabel, to: top.toLabel, value: numbers.full(top.value) }) : result.title}
      table={{
        columns: [t('boards:column.from'), t('boards:column.to'), t('boards:column.value')],
        rows: flows.map((flow) => [
          flow.fromLabel,
          flow.toLabel,
          <UnstyledButton key={flow.from} c="var(--mantine-color-anchor)" fz="sm" onClick={() => press(flow)}>
            {numbers.full(flow.value)}
          </UnstyledButton>,
        ]),
      }}
      onPick={({ index, part }) => part === 'edge' && press(flows[index])}
    />
  );
}
