/** Sizes day by day as a line a word high. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const [width, height] = [96, 20];
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values
    .map((value, n) => `${(n / (values.length - 1)) * width},${height - 2 - ((value - low) / span) * (height - 4)}`)
    .join(' ');
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <polyline points={points} fill="none" stroke="var(--v-accent)" strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  );
}
