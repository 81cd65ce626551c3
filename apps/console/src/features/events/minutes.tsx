import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';

/** The last hour minute by minute, as bars a word high. */
export function Minutes({ values }: { values: readonly number[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = Math.max(1, ...values);
  const [width, height] = [120, 22];
  const bar = width / values.length;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('events:figure.minutesLabel', { most: format.number(Math.max(0, ...values)) })}
    >
      {values.map((value, n) => {
        const tall = value === 0 ? 1 : Math.max(2, (value / most) * height);
        return (
          <rect
            key={n}
            x={n * bar}
            y={height - tall}
            width={bar - 0.6}
            height={tall}
            fill="var(--v-accent)"
            opacity={value === 0 ? 0.3 : 1}
          />
        );
      })}
    </svg>
  );
}
