import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { stageColor } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { behind } from './behind.ts';
import type { Summary } from './life-cycle.tsx';

/** Who went from where to where in the last thirty days; who stayed is left out, or nothing else would be seen. */
export function Moves({ moves }: { moves: Summary['moves'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const moved = useMemo(() => moves.filter(({ before, after }) => before !== after), [moves]);
  const total = moved.reduce((sum, { customers }) => sum + customers, 0);
  const option = useMemo((): ChartOption => {
    const names = (side: 'before' | 'after') => [...new Set(moved.map((move) => `${side}:${move[side]}`))];
    const word = (name: string) => t(`value:stage.${name.split(':')[1]}`);
    return {
      tooltip: {
        trigger: 'item',
        formatter: ({ dataType, dataIndex, name, value }: { dataType: string; dataIndex: number; name: string; value: number }) => {
          if (dataType === 'node') return `${word(name)}: ${format.number(value)}`;
          const { before, after, customers, brought } = moved[dataIndex]!;
          return t('lifecycle:moves.move', {
            before: word(`:${before}`),
            after: word(`:${after}`),
            customers: format.number(customers),
            money: format.moneyRound(brought),
          });
        },
      },
      series: [
        {
          type: 'sankey',
          left: 4,
          right: 92,
          top: 8,
          bottom: 8,
          nodeWidth: 12,
          nodeGap: 12,
          draggable: false,
          layoutIterations: 0,
          label: { formatter: ({ name }: { name: string }) => word(name), fontSize: 12 },
          lineStyle: { color: 'gradient', opacity: 0.4 },
          data: [...names('before').map((name) => ({ name, depth: 0 })), ...names('after').map((name) => ({ name, depth: 1 }))].map(
            (node) => ({
              ...node,
              itemStyle: { color: stageColor(node.name.split(':')[1]!) },
            }),
          ),
          links: moved.map(({ before, after, customers }) => ({ source: `before:${before}`, target: `after:${after}`, value: customers })),
        },
      ],
    };
  }, [moved, format, t]);

  if (moved.length === 0) return <Text size="sm">{t('lifecycle:moves.none')}</Text>;
  return (
    <Chart
      option={option}
      height={320}
      caption={t('lifecycle:moves.caption', { count: total, customers: format.number(total) })}
      onPick={({ part, index }) => {
        const move = part === 'edge' ? moved[index] : undefined;
        if (move) void go(behind.move(move.before, move.after));
      }}
      table={{
        columns: [t('lifecycle:moves.before'), t('lifecycle:moves.after'), t('value:customers'), t('lifecycle:brought')],
        rows: moved.map(({ before, after, customers, brought }) => [
          t(`value:stage.${before}`),
          t(`value:stage.${after}`),
          <Link key="customers" {...behind.move(before, after)}>
            {format.number(customers)}
          </Link>,
          format.moneyRound(brought),
        ]),
      }}
    />
  );
}
