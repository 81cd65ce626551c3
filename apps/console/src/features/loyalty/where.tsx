import type { LoyaltySnapshot } from '@vinculo/insight/api/loyalty';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Card } from '../../ui/board-page.tsx';
import { useFormat } from '../../ui/format.ts';
import { LoyaltyMark } from '../../ui/group-mark.tsx';
import { SegmentedControl, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { behind } from './behind.ts';
import { MixBar } from './mix-bar.tsx';

type Snapshot = z.infer<typeof LoyaltySnapshot>;
const SHOWN = 12;

/** How the types divide each province and each channel, those with most customers first. */
export function Where({ now }: { now: Snapshot }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [by, setBy] = useState<'province' | 'channel'>('province');
  const places = new Map<string, Map<string, number>>();
  const cells =
    by === 'province'
      ? now.byProvince.map((cell) => ({ ...cell, place: cell.province }))
      : now.byChannel.map((cell) => ({ ...cell, place: cell.channel }));
  for (const { place, type, customers } of cells) {
    const types = places.get(place) ?? new Map<string, number>();
    types.set(type, customers);
    places.set(place, types);
  }
  const rows = [...places]
    .map(([place, types]) => ({
      place,
      customers: [...types.values()].reduce((total, n) => total + n, 0),
      main: [...types]
        .filter(([type]) => type !== 'unknown')
        .reduce<[string, number]>((best, one) => (one[1] > best[1] ? one : best), ['unknown', 0]),
      mix: now.types.map(({ type }) => ({ type, customers: types.get(type) ?? 0 })),
    }))
    .toSorted((a, b) => b.customers - a.customers);
  const nameOf = (place: string) =>
    place === '' ? t('loyalty:where.unknown') : by === 'province' ? place : t(`customers:channel.${place}`, { defaultValue: place });

  return (
    <Card
      title={t('loyalty:where.title')}
      span={12}
      lead={t('loyalty:where.lead')}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('loyalty:where.by')}
          value={by}
          onChange={(value) => setBy(value as typeof by)}
          data={(['province', 'channel'] as const).map((value) => ({ value, label: t(`loyalty:where.${value}`) }))}
        />
      }
    >
      <SimpleTable
        caption={t('loyalty:where.title')}
        rows={rows.slice(0, SHOWN)}
        rowId={({ place }) => place}
        columns={[
          { id: 'place', header: t(`loyalty:where.${by}`), cell: ({ place }) => nameOf(place) },
          {
            id: 'customers',
            header: t('loyalty:where.customers'),
            align: 'right',
            cell: ({ place, customers }) =>
              by === 'province' && place !== '' ? (
                <Link {...behind.province(undefined, place)}>{format.number(customers)}</Link>
              ) : (
                format.number(customers)
              ),
          },
          {
            id: 'main',
            header: t('loyalty:where.main'),
            cell: ({ place, main: [type, customers], customers: all }) => (
              <>
                <LoyaltyMark type={type} />{' '}
                <Text span size="sm" c="dimmed">
                  {by === 'province' && place !== '' ? (
                    <Link {...behind.province(type, place)} size="sm">
                      {format.percent(customers / all, 0)}
                    </Link>
                  ) : (
                    format.percent(customers / all, 0)
                  )}
                </Text>
              </>
            ),
          },
          { id: 'mix', header: t('loyalty:where.mix'), cell: ({ mix }) => <MixBar cells={mix} /> },
        ]}
      />
      {rows.length > SHOWN && (
        <Text size="xs" c="dimmed">
          {t('loyalty:where.rest', { count: SHOWN })}
        </Text>
      )}
    </Card>
  );
}
