import { Box, Button, Skeleton, Table, Text, useComputedColorScheme } from '@mantine/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconChartBar, IconTable } from './icons.ts';

export type ChartOption = EChartsCoreOption;

/** A point of a chart that was clicked. */
export interface ChartPoint {
  series: number;
  index: number;
  name: string;
  value: unknown;
  /** Of a graph: whether a line was pressed, or a point. */
  part?: 'node' | 'edge';
}

interface ChartProps {
  /** In ECharts' words. Series, grid, axes; text and line colours come from the theme. */
  option: ChartOption;
  /** The chart in one sentence: what a person sees in it. */
  caption: string;
  /** The same numbers as a table, for who cannot or would rather not look. Cells may be links to the list behind. */
  table: { columns: string[]; rows: ReactNode[][] };
  height?: number;
  /** Opens the list behind a point; the table gives the same by links. */
  onPick?: (point: ChartPoint) => void;
}

/** A picture where looking beats reading. ECharts comes lazily; the table is always one press away. */
export function Chart({ option, caption, table, height = 260, onPick }: ChartProps) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const picked = useRef(onPick);
  picked.current = onPick;
  // ECharts comes after the first drawing: by then the language, and so the option, may have changed.
  const latest = useRef(option);
  latest.current = option;
  const [drawn, setDrawn] = useState(false);
  const [asTable, setAsTable] = useState(false);

  useEffect(() => {
    if (asTable) return;
    let left = false;
    const observer = new ResizeObserver(() => chart.current?.resize());
    const draw = async () => {
      const { init } = await import('./echarts.ts');
      if (left || !holder.current) return;
      chart.current = init(holder.current, scheme, { renderer: 'svg' });
      chart.current.setOption(withManners(latest.current));
      chart.current.on('click', ({ seriesIndex, dataIndex, name, value, dataType }) =>
        picked.current?.({
          series: seriesIndex ?? 0,
          index: dataIndex,
          name: name ?? '',
          value,
          ...(dataType === 'node' || dataType === 'edge' ? { part: dataType } : {}),
        }),
      );
      observer.observe(holder.current);
      setDrawn(true);
    };
    void draw();
    return () => {
      left = true;
      observer.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
    // The option is set below when it changes; here only what makes a new chart.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [scheme, asTable]);

  useEffect(() => {
    chart.current?.setOption(withManners(option), { notMerge: true });
  }, [option]);

  return (
    <figure style={{ margin: 0, minWidth: 0 }}>
      {asTable ? (
        <Box style={{ maxHeight: Math.max(height, 240), overflow: 'auto' }} tabIndex={0} role="region" aria-label={caption}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                {table.columns.map((column) => (
                  <Table.Th key={column}>{column}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.map((cells, row) => (
                <Table.Tr key={row}>
                  {cells.map((cell, column) => (
                    <Table.Td key={column}>{cell}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      ) : (
        <div style={{ position: 'relative', height }}>
          <div ref={holder} style={{ height, cursor: onPick ? 'pointer' : undefined }} role="img" aria-label={caption} />
          {!drawn && <Skeleton height={height} style={{ position: 'absolute', inset: 0 }} />}
        </div>
      )}
      <figcaption style={{ display: 'flex', alignItems: 'baseline', gap: 8, marginTop: 4 }}>
        <Text size="xs" c="dimmed" style={{ flex: 1 }}>
          {caption}
        </Text>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          style={{ flex: 'none' }}
          leftSection={asTable ? <IconChartBar size={14} /> : <IconTable size={14} />}
          onClick={() => {
            setDrawn(false);
            setAsTable(!asTable);
          }}
        >
          {t(asTable ? 'shell:chart.asChart' : 'shell:chart.asTable')}
        </Button>
      </figcaption>
    </figure>
  );
}

function withManners(option: ChartOption): ChartOption {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return { animation: !still, animationDuration: 300, grid: { left: 8, right: 12, top: 12, bottom: 8, containLabel: true }, ...option };
}
