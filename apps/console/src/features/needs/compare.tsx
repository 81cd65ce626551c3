import { APART } from '@vinculo/value';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/board-page.tsx';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { useComputedColorScheme } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { usePhone } from '../../ui/screen-size.ts';
import { customersOf, type Difference, type Group, useNeedsWords } from './needs-words.ts';

const ROWS = 14;
/** Beyond so many deviations the colour does not grow. */
const FULL = 1.5;

const strength = (distance: number) => Math.min(1, Math.abs(distance) / FULL);
/** Blue for more, orange for less, the stronger the further apart; nothing where there is no difference to speak of. */
const shade = (distance: number) =>
  `rgba(${distance > 0 ? '63,91,217' : '201,94,16'},${Math.abs(distance) < APART ? 0.04 : strength(distance)})`;

const key = ({ feature, subject }: Difference) => `${feature} ${subject ?? ''}`;

/** Groups beside each other: in what each is more, or less, than everybody else. */
export function Compare({ groups, currency }: { groups: readonly Group[]; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const phone = usePhone();
  const dark = useComputedColorScheme('light') === 'dark';
  const words = useNeedsWords(currency);
  const rows = useMemo(() => {
    const strongest = new Map<string, Difference>();
    for (const difference of groups.flatMap(({ differences }) => differences)) {
      const known = strongest.get(key(difference));
      if (!known || Math.abs(known.distance) < Math.abs(difference.distance)) strongest.set(key(difference), difference);
    }
    return [...strongest.values()]
      .filter(({ distance }) => Math.abs(distance) >= APART)
      .toSorted((a, b) => Math.abs(b.distance) - Math.abs(a.distance))
      .slice(0, ROWS);
  }, [groups]);
  const cells = useMemo(
    () =>
      rows.flatMap((row, y) =>
        groups.flatMap((group, x) => {
          const difference = group.differences.find((one) => key(one) === key(row));
          return difference ? [{ x, y, group, difference }] : [];
        }),
      ),
    [groups, rows],
  );
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 8, right: 8, top: 8, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'item',
        confine: true,
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const { group, difference } = cells[dataIndex]!;
          return t('needs:compare.point', {
            group: group.name,
            feature: words.name(difference),
            inside: words.value(difference.feature, difference.inside),
            outside: words.value(difference.feature, difference.outside),
          });
        },
      },
      xAxis: {
        type: 'category',
        position: 'top',
        data: groups.map(({ name }) => name),
        axisLabel: { interval: 0, width: phone ? 56 : 150, overflow: 'break', lineHeight: 14, fontSize: phone ? 10 : 12 },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map((row) => words.name(row)),
        axisLabel: { width: phone ? 96 : 220, overflow: 'truncate', fontSize: phone ? 10 : 12 },
      },
      series: [
        {
          type: 'heatmap',
          data: cells.map(({ x, y, difference: { distance } }) => ({
            value: [x, y, distance],
            itemStyle: { color: shade(distance) },
            label: { color: strength(distance) > 0.8 ? '#ffffff' : dark ? '#dde0e6' : '#1c2129' },
          })),
          itemStyle: { borderColor: dark ? '#22262f' : '#ffffff', borderWidth: 2 },
          emphasis: { itemStyle: { borderColor: SERIES_COLORS[0] } },
          label: {
            show: true,
            textBorderWidth: 0,
            fontSize: phone && groups.length > 4 ? 10 : 12,
            // Sign and figure: the colour is never alone.
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const { feature, inside, distance } = cells[dataIndex]!.difference;
              const sign = Math.abs(distance) < APART ? '' : distance > 0 ? '▲ ' : '▼ ';
              return `${phone ? '' : sign}${words.value(feature, inside)}`;
            },
          },
        },
      ],
    }),
    [cells, groups, rows, phone, dark, t, words],
  );
  return (
    <Card title={t('needs:compare.title')} span={12} lead={t('needs:compare.lead')}>
      <Chart
        option={option}
        height={64 + rows.length * 30}
        caption={t('needs:compare.caption')}
        onPick={({ index }) => void go(customersOf(cells[index]!.group.id))}
        table={{
          columns: [t('needs:compare.column'), ...groups.map(({ name }) => name)],
          rows: rows.map((row, y) => [
            words.name(row),
            ...groups.map((group, x) => {
              const cell = cells.find((one) => one.x === x && one.y === y);
              if (!cell) return '–';
              const { feature, inside, distance } = cell.difference;
              return (
                <Link key={group.id} {...customersOf(group.id)} size="sm">
                  {words.value(feature, inside)} ({distance > 0 ? '+' : ''}
                  {format.number(distance, 1)})
                </Link>
              );
            }),
          ]),
        }}
      />
    </Card>
  );
}
