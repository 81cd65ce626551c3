import { loyaltyColor } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { useTranslation } from 'react-i18next';
import { Tooltip } from '../../ui/kit.ts';

interface MixBarProps {
  cells: readonly { type: string; customers: number }[];
  height?: number;
}

/** How a crowd divides into the types: one bar, a colour a type, always in the same order. */
export function MixBar({ cells, height = 12 }: MixBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = cells.reduce((sum, { customers }) => sum + customers, 0);
  const said = cells
    .filter(({ customers }) => customers > 0)
    .map(({ type, customers }) => `${t(`value:loyalty.${type}`)} ${format.percent(customers / Math.max(1, total), 0)}`);
  return (
    <div
      role="img"
      aria-label={format.list(said)}
      style={{ display: 'flex', gap: 1, height, borderRadius: 4, overflow: 'hidden', minWidth: 96, background: 'var(--v-line)' }}
    >
      {cells.map(({ type, customers }) => (
        <Tooltip key={type} label={`${t(`value:loyalty.${type}`)}: ${format.percent(customers / Math.max(1, total), 0)}`}>
          <span style={{ flex: `${customers} 0 0`, background: loyaltyColor(type) }} />
        </Tooltip>
      ))}
    </div>
  );
}
