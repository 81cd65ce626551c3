import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Box, Text, Tooltip, VisuallyHidden } from '../../ui/kit.ts';
import type { BodyProps } from './card-body.tsx';
import classes from './boards.module.css';
import { useNumbers } from './numbers.ts';

const QUINTILES = [1, 2, 3, 4, 5];
const shade = (strength: number): string =>
  `color-mix(in srgb, var(--v-accent) ${Math.round(6 + 56 * Math.sqrt(strength))}%, var(--v-surface))`;

/** Recency × frequency: the stronger the colour, the more. */
export function RfmCells({ result, onPress }: BodyProps) {
  const { t } = useTranslation();
  const numbers = useNumbers(result);
  const at = new Map(result.cells.map((cell) => [`${cell.row}.${cell.column}`, cell.value]));
  const most = Math.max(1, ...at.values());
  return (
    <div className={classes.scroll}>
      <table className={`${classes.grid} ${classes.even}`} aria-label={result.title}>
        <thead>
          <tr>
            <th>
              <VisuallyHidden>{t('value:map.axes')}</VisuallyHidden>
            </th>
            {QUINTILES.map((frequency) => (
              <th key={frequency} scope="col">
                {t(`value:map.frequency.${frequency}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {QUINTILES.toReversed().map((recency) => (
            <tr key={recency}>
              <th scope="row">{t(`value:map.recency.${recency}`)}</th>
              {QUINTILES.map((frequency) => {
                const value = at.get(`${recency}.${frequency}`) ?? 0;
                const part = `${t(`value:map.recency.${recency}`)}, ${t(`value:map.frequency.${frequency}`)}`;
                return (
                  <td key={frequency} style={value ? { background: shade(value / most) } : undefined}>
                    {value === 0 ? (
                      '0'
                    ) : (
                      <button
                        type="button"
                        className={classes.cell}
                        aria-label={`${part}: ${numbers.full(value)}`}
                        onClick={() => onPress({ key: String(recency), second: String(frequency), part })}
                      >
                        {numbers.short(value)}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="xs" c="dimmed" mt={4}>
        {t('value:map.axes')}
      </Text>
    </div>
  );
}

/** Who came back: a row a month of first purchases, a column a month after it. */
export function Cohorts({ result, onPress }: BodyProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = [...new Set(result.cells.map(({ row }) => row))];
  const columns = Array.from({ length: Math.max(...result.cells.map(({ column }) => column)) + 1 }, (_, n) => n);
  const at = new Map(result.cells.map((cell) => [`${cell.row}.${cell.column}`, cell]));
  return (
    <Box className={classes.scroll} tabIndex={0} role="region" aria-label={result.title}>
      <table className={classes.grid} aria-label={result.title}>
        <thead>
          <tr>
            <th scope="col">{t('boards:column.cohort')}</th>
            <th scope="col">{t('boards:column.size')}</th>
            {columns.map((n) => (
              <th key={n} scope="col">
                {n}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const first = at.get(`${row}.0`);
            const label = result.cells.find((cell) => cell.row === row)?.rowLabel ?? row;
            return (
              <tr key={row}>
                <th scope="row">{label}</th>
                <td>{format.number(first?.value ?? 0)}</td>
                {columns.map((n) => {
                  const cell = at.get(`${row}.${n}`);
                  if (!cell || cell.share === null) return <td key={n} aria-label={t('common:unknown')} />;
                  const words = t('boards:cohortCell', { share: format.percent(cell.share), customers: format.number(cell.value), n });
                  return (
                    <Tooltip key={n} label={`${label}: ${words}`}>
                      <td style={{ background: shade(n === 0 ? 0 : cell.share) }}>
                        <button
                          type="button"
                          className={classes.cell}
                          aria-label={`${label}: ${words}`}
                          onClick={() => onPress({ key: row, second: String(n), part: `${label}, ${t('boards:cohortMonth', { n })}` })}
                        >
                          {format.percent(cell.share, 0)}
                        </button>
                      </td>
                    </Tooltip>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <Text size="xs" c="dimmed" mt={4}>
        {t('boards:cohortAxis')}
      </Text>
    </Box>
  );
}

/** Steps, each as long as those who reach it. */
export function Funnel({ result, onPress }: BodyProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points } = result;
  const most = Math.max(1, ...points.map(({ value }) => value ?? 0));
  const [first, last] = [points[0], points.at(-1)];
  return (
    <div>
      <ol className={classes.steps} aria-label={result.title}>
        {points.map(({ key, label, value, cumulative }) => (
          <li key={key}>
            <button type="button" className={classes.step} onClick={() => onPress({ key, part: label })}>
              <Text size="sm" component="span">
                {label} <b>{format.number(value ?? 0)}</b>
              </Text>
              {cumulative !== null && (
                <Text size="xs" c="dimmed" component="span" ms="sm">
                  {t('boards:ofPrevious', { share: format.percent(cumulative) })}
                </Text>
              )}
              <span className={classes.bar2} style={{ width: `${((value ?? 0) / most) * 100}%` }} />
            </button>
          </li>
        ))}
      </ol>
      {first && last && (
        <Text size="xs" c="dimmed" mt="sm">
          {t('boards:caption.funnel', { first: format.number(first.value ?? 0), last: format.number(last.value ?? 0) })}
        </Text>
      )}
    </div>
  );
}
