import { useTranslation } from 'react-i18next';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Text } from '../../ui/kit.ts';
import { usePhone } from '../../ui/screen-size.ts';
import type { Cluster } from './cluster.tsx';

interface GraphProps {
  cluster: Cluster;
  nameOf: (record: string) => string;
  picked: number | null;
  onPick: (edge: number) => void;
}

const TREE = '#3f5bd9';
const OTHER = '#7d848f';
const WEAKEST = '#c2416b';
const AGAINST = '#d9701a';
/** None of the colours of lines. */
const SOURCES = ['#1a9c8a', '#9a8f1f', '#8d7aa8', '#3f8fd0', '#6a9a2d', '#5f6672'];

type Role = 'weakest' | 'tree' | 'against' | 'other';

/** Records on a circle, a colour a source; a line for every pair that says something. The table is the same for keyboard and ear. */
export function ClusterGraph({ cluster: { records, edges, weakest }, nameOf, picked, onPick }: GraphProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const sources = [...new Set(records.map(({ sourceLabel }) => sourceLabel))];
  const roleOf = (n: number): Role => {
    const { tree, probability, apart, decided } = edges[n]!;
    if (n === weakest) return 'weakest';
    if (tree) return 'tree';
    return apart || decided === 'different' || probability < 0.05 ? 'against' : 'other';
  };
  // Two records that nothing speaks for clutter the picture; the table has them.
  const drawn = edges.flatMap((_, n) => (roleOf(n) === 'against' && edges.length > 15 ? [] : [n]));
  const color: Record<Role, string> = { weakest: WEAKEST, tree: TREE, against: AGAINST, other: OTHER };
  const height = Math.min(560, (phone ? 320 : 260) + records.length * 16);
  return (
    <div>
      <Chart
        caption={t('linkage:cluster.caption', {
          count: records.length,
          weakest: weakest === null ? '' : format.percent(edges[weakest]!.probability, 1),
        })}
        height={height}
        onPick={({ part, index }) => part === 'edge' && onPick(drawn[index]!)}
        option={{
          tooltip: { confine: true },
          legend: { data: sources, bottom: 0, type: 'plain' },
          series: [
            {
              type: 'graph',
              layout: 'none',
              preserveAspect: 'contain',
              top: 32,
              bottom: phone ? 112 : 80,
              left: phone ? 72 : 120,
              right: phone ? 72 : 120,
              categories: sources.map((name, n) => ({ name, itemStyle: { color: SOURCES[n % SOURCES.length] } })),
              symbolSize: 26,
              edgeSymbol: 'none',
              label: {
                show: true,
                position: 'bottom',
                width: phone ? 96 : 160,
                overflow: 'truncate',
                lineHeight: 14,
                formatter: ({ data }: { data: { label2: string } }) => data.label2,
              },
              data: records.map(({ id, name, sourceLabel, key }, n) => ({
                ...placeOf(n, records.length, phone),
                id,
                name: id,
                label2: `${name}\n${key}`,
                category: sources.indexOf(sourceLabel),
                tooltip: { formatter: escaped(`${name} · ${sourceLabel} ${key}`) },
              })),
              links: drawn.map((n) => {
                const { a, b, probability } = edges[n]!;
                const role = roleOf(n);
                return {
                  source: a,
                  target: b,
                  tooltip: { formatter: escaped(`${nameOf(a)} – ${nameOf(b)}: ${format.percent(probability, 1)}`) },
                  label: { show: role === 'weakest' || role === 'tree', formatter: format.percent(probability, 1), fontSize: 12 },
                  lineStyle: {
                    color: color[role],
                    width: (role === 'tree' || role === 'weakest' ? 4 : 2) + (n === picked ? 3 : 0),
                    type: role === 'against' ? 'dotted' : role === 'other' ? 'dashed' : 'solid',
                    opacity: role === 'other' || role === 'against' ? 0.6 : 1,
                  },
                };
              }),
            },
          ],
        }}
        table={{
          columns: [
            t('linkage:cluster.from'),
            t('linkage:cluster.to'),
            t('linkage:cluster.probability'),
            t('linkage:cluster.weight'),
            t('linkage:cluster.role'),
            t('common:why'),
          ],
          rows: edges
            .map((_, n) => n)
            .toSorted((x, y) => edges[y]!.weight - edges[x]!.weight)
            .map((n) => [
              nameOf(edges[n]!.a),
              nameOf(edges[n]!.b),
              format.percent(edges[n]!.probability, 1),
              format.number(edges[n]!.weight, 1),
              t(`linkage:cluster.legend.${roleOf(n)}`),
              <Button key={n} size="compact-xs" variant="subtle" onClick={() => onPick(n)} aria-pressed={n === picked}>
                {t('linkage:cluster.see')}
              </Button>,
            ]),
        }}
      />
      <Group gap="md" mt="xs">
        {(['tree', 'weakest', 'other', 'against'] as const)
          .filter((role) => drawn.some((n) => roleOf(n) === role))
          .map((role) => (
            <Text key={role} size="xs" c="dimmed">
              <span
                aria-hidden
                style={{
                  display: 'inline-block',
                  width: 24,
                  marginInlineEnd: 6,
                  verticalAlign: 3,
                  borderTop: `3px ${role === 'against' ? 'dotted' : role === 'other' ? 'dashed' : 'solid'} ${color[role]}`,
                }}
              />
              {t(`linkage:cluster.legend.${role}`)}
            </Text>
          ))}
      </Group>
    </div>
  );
}

/** Round a lying ellipse, from the left: names have room, and two records stand side by side. */
function placeOf(n: number, of: number, phone: boolean): { x: number; y: number } {
  // A little turned: a picture of no height cannot be drawn.
  const angle = Math.PI + 0.2 + (2 * Math.PI * n) / of;
  return { x: (phone ? 110 : 200) * Math.cos(angle), y: 120 * Math.sin(angle) };
}

/** Tooltips are HTML, and names come from files. */
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
