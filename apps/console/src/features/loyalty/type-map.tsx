import type { LoyaltySnapshot } from '@vinculo/insight/api/loyalty';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Card } from '../../ui/board-page.tsx';
import { loyaltyColor } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { LoyaltyMark } from '../../ui/group-mark.tsx';
import { Box, Group, SegmentedControl, Text, Tooltip, VisuallyHidden } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { behind } from './behind.ts';
import classes from './type-map.module.css';

type Snapshot = z.infer<typeof LoyaltySnapshot>;
const TIERS = ['most_valuable', 'most_growable', 'ordinary', 'below_zero'];
const FAINTEST = 8;
const STRONGEST = 58;

/** Types by decile or tier of value; every cell leads to its customers. The stronger the colour, the more. */
export function TypeMap({ now }: { now: Snapshot }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [by, setBy] = useState<'decile' | 'tier'>('decile');
  const [count, setCount] = useState<'customers' | 'revenue'>('customers');
  const columns =
    by === 'decile'
      ? Array.from({ length: 10 }, (_, i) => ({ id: String(i + 1), short: String(i + 1), name: t('shell:decile', { decile: i + 1 }) }))
      : TIERS.map((tier) => ({ id: tier, short: t(`value:tier.${tier}`), name: t(`value:tier.${tier}`) }));
  const cells =
    by === 'decile'
      ? now.byDecile.map((cell) => ({ ...cell, column: String(cell.decile) }))
      : now.byTier.map((cell) => ({ ...cell, column: cell.tier }));
  const at = new Map(cells.map((cell) => [`${cell.type}.${cell.column}`, cell]));
  const most = Math.max(1, ...cells.map((cell) => cell[count]));
  const strength = (value: number) => (value <= 0 ? 0 : FAINTEST + (STRONGEST - FAINTEST) * Math.sqrt(value / most));

  return (
    <Card
      title={t('loyalty:map.title')}
      definition={t('loyalty:definition.map')}
      span={12}
      lead={t('loyalty:map.lead')}
      aside={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('loyalty:map.by')}
            value={by}
            onChange={(value) => setBy(value as typeof by)}
            data={(['decile', 'tier'] as const).map((value) => ({ value, label: t(`loyalty:map.${value}`) }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('loyalty:map.count')}
            value={count}
            onChange={(value) => setCount(value as typeof count)}
            data={(['customers', 'revenue'] as const).map((value) => ({ value, label: t(`loyalty:map.${value}`) }))}
          />
        </Group>
      }
    >
      {cells.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('loyalty:map.noTiers')}
        </Text>
      ) : (
        <Box className={classes.scroll!} tabIndex={0} role="region" aria-label={t('loyalty:map.caption')}>
          <table className={classes.map}>
            <caption className={classes.caption}>{t('loyalty:map.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <VisuallyHidden>{t('loyalty:types.type')}</VisuallyHidden>
                </th>
                {columns.map(({ id, short }) => (
                  <th key={id} scope="col">
                    {short}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {now.types.map(({ type }) => (
                <tr key={type}>
                  <th scope="row">
                    <LoyaltyMark type={type} />
                  </th>
                  {columns.map(({ id, name }) => {
                    const cell = at.get(`${type}.${id}`);
                    const words = t('loyalty:map.cell', {
                      count: cell?.customers ?? 0,
                      type: t(`value:loyalty.${type}`),
                      column: name,
                      customers: format.number(cell?.customers ?? 0),
                      revenue: format.moneyRound(cell?.revenue ?? 0),
                    });
                    return (
                      <Tooltip key={id} label={words}>
                        <td
                          style={{
                            background: `color-mix(in srgb, ${loyaltyColor(type)} ${strength(cell?.[count] ?? 0)}%, var(--v-surface))`,
                          }}
                        >
                          {cell ? (
                            <Link plain {...behind[by](type, id)} className={classes.cell!} aria-label={words}>
                              {count === 'customers' ? format.short(cell.customers) : format.moneyShort(cell.revenue)}
                            </Link>
                          ) : (
                            <span className={classes.none}>0</span>
                          )}
                        </td>
                      </Tooltip>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Box>
      )}
      <Text size="xs" c="dimmed">
        {t(by === 'decile' ? 'loyalty:map.axes' : 'loyalty:map.axesTier')}
      </Text>
    </Card>
  );
}
