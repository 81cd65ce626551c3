// The provinces of Spain in their places, the Canary Islands beside them; whatever lies elsewhere in a table below.
import { findProvince } from '@vinculo/normalise';
import provinces from 'es-atlas/es/provinces.json';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feature } from 'topojson-client';
import { useCompany } from '../../app/company.ts';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format.ts';
import { Box, Text, UnstyledButton } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import type { BodyProps } from './card-body.tsx';
import { useNumbers } from './numbers.ts';

type Ring = [number, number][];
interface Shape {
  id?: string | number;
  geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] };
}

const CANARIES = new Set(['35', '38']);
/** No province: Gibraltar. */
const LEFT_OUT = new Set(['54']);
const shifted = (ring: Ring): Ring => ring.map(([x, y]) => [x + 5.2, y + 6.4]);
let registered: Promise<void> | undefined;

/** Draws the map into the library once, whoever asks first. */
function register(): Promise<void> {
  registered ??= (async () => {
    const { registerMap } = await import('../../ui/echarts.ts');
    const topology = provinces as unknown as Parameters<typeof feature>[0];
    const { features } = feature(topology, topology.objects.provinces!) as unknown as { features: Shape[] };
    const moved = features
      .filter(({ id }) => !LEFT_OUT.has(String(id)))
      .map(({ id, geometry }) => ({
        type: 'Feature',
        properties: { name: String(id) },
        geometry: !CANARIES.has(String(id))
          ? geometry
          : geometry.type === 'Polygon'
            ? { ...geometry, coordinates: geometry.coordinates.map(shifted) }
            : { ...geometry, coordinates: geometry.coordinates.map((polygon) => polygon.map(shifted)) },
      }));
    registerMap('spain', { type: 'FeatureCollection', features: moved } as never);
  })();
  return registered;
}

export default function ProvinceMap({ result, onPress }: BodyProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = useNumbers(result);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let left = false;
    void register().then(() => !left && setReady(true));
    return () => {
      left = true;
    };
  }, []);
  // Córdoba is also in Colombia and in Argentina: only a company of Spain means the Spanish one.
  const spanish = useCompany().country === 'ES';
  const { inside, outside } = useMemo(() => {
    const known = result.points.map((point) => ({ point, code: spanish ? findProvince(point.key, 'ES')?.code : undefined }));
    return { inside: known.filter(({ code }) => code !== undefined), outside: known.filter(({ code }) => code === undefined) };
  }, [result.points, spanish]);
  const option = useMemo((): ChartOption => {
    const most = Math.max(0, ...inside.map(({ point }) => point.value ?? 0));
    return {
      tooltip: {
        trigger: 'item',
        formatter: ({ name }: { name: string }) => {
          const point = inside.find(({ code }) => code === name)?.point;
          return point ? `${point.label}<br>${numbers.full(point.value)}` : '';
        },
      },
      visualMap: {
        min: 0,
        max: most || 1,
        left: 8,
        top: 8,
        itemHeight: 80,
        calculable: false,
        text: [numbers.short(most), '0'],
        textStyle: { fontSize: 12 },
        inRange: { color: ['#e3e8fb', '#93a5ea', '#3f5bd9', '#1d3998'] },
      },
      series: [
        {
          type: 'map',
          map: 'spain',
          aspectScale: 0.76,
          layoutCenter: ['50%', '50%'],
          layoutSize: '118%',
          selectedMode: false,
          itemStyle: { areaColor: '#e9ebf0', borderColor: '#9aa1ae', borderWidth: 0.5 },
          emphasis: { label: { show: false }, itemStyle: { areaColor: '#d9701a' } },
          data: inside.map(({ point, code }) => ({ name: code, value: point.value ?? 0 })),
        },
      ],
    };
  }, [inside, numbers]);
  const top = inside[0]?.point;
  const press = (point: (typeof result.points)[number]) => onPress({ key: point.key, part: point.label });
  const button = (point: (typeof result.points)[number]) => (
    <UnstyledButton key={point.key} c="var(--mantine-color-anchor)" fz="sm" onClick={() => press(point)}>
      {numbers.full(point.value)}
    </UnstyledButton>
  );
  return (
    <>
      {inside.length > 0 &&
        (ready ? (
          <Chart
            option={option}
            height={320}
            caption={top ? t('boards:caption.map', { label: top.label, value: numbers.full(top.value) }) : result.title}
            table={{
              columns: [t('boards:dimension.province'), t('boards:column.value'), t('boards:column.share')],
              rows: result.points.map((point) => [point.label, button(point), point.share === null ? '–' : format.percent(point.share, 1)]),
            }}
            onPick={({ name }) => {
              const found = inside.find(({ code }) => code === name);
              if (found) press(found.point);
            }}
          />
        ) : (
          <BlockSkeleton height={320} />
        ))}
      {outside.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" mt="sm">
            {t('boards:elsewhere')}
          </Text>
          <Box style={{ maxHeight: 200, overflow: 'auto' }} tabIndex={0} role="region" aria-label={t('boards:elsewhere')}>
            <SimpleTable
              caption={t('boards:elsewhere')}
              columns={[
                { id: 'province', header: t('boards:dimension.province'), cell: ({ point }) => point.label },
                { id: 'value', header: t('boards:column.value'), align: 'right', cell: ({ point }) => button(point) },
              ]}
              rows={outside}
              rowId={({ point }) => point.key}
            />
          </Box>
        </div>
      )}
    </>
  );
}
