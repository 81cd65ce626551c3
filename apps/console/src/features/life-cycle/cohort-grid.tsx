import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '../../ui/format.ts';
import { Tooltip } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { behind } from './behind.ts';
import type { CohortsView } from './cohorts-tab.tsx';
import type { Measure } from './search.ts';
import classes from './life-cycle.module.css';

type Cohort = CohortsView['cohorts'][number];
type Cell = Cohort['cells'][number];

const STRONGEST = 62;
/** Months shown at most; older ones are in the table's scroll. */
const MOST_MONTHS = 36;

/** What a cell says, per customer of the cohort where it is money or orders, so that small and large cohorts compare. */
const readings: Record<Measure, { of(cell: Cell): number | null; show(value: number, format: Format): string }> = {
  share: { of: ({ customers, of }) => (of ? customers / of : null), show: (value, format) => format.percent(value, 0) },
  customers: { of: ({ customers }) => customers, show: (value, format) => format.short(value) },
  orders: { of: ({ orders, of }) => (of ? orders / of : null), show: (value, format) => format.number(value, 2) },
  revenue: { of: ({ revenue, of }) => (of ? revenue / of : null), show: (value, format) => format.moneyRound(value) },
  margin: { of: ({ margin, of }) => (of && margin !== null ? margin / of : null), show: (value, format) => format.moneyRound(value) },
};

/** A row a beginning, a column a month since; the stronger the colour, the more. The first month is everybody and is not coloured. */
export function CohortGrid({
  cohorts,
  measure,
  whose,
}: {
  cohorts: Cohort[];
  measure: Measure;
  whose: Record<string, string | undefined>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { of, show } = readings[measure];
  const months = Math.min(MOST_MONTHS, Math.max(...cohorts.map(({ cells }) => cells.length)));
  const most = Math.max(...cohorts.flatMap(({ cells }) => cells.slice(1).map((cell) => of(cell) ?? 0)), 0);
  const name = (cohort: string) =>
    cohort.includes('Q') ? t('lifecycle:cohorts.quarter', { quarter: cohort.slice(6), year: cohort.slice(0, 4) }) : format.month(cohort);
  return (
    <div className={classes.scroll}>
      <table className={classes.grid}>
        <caption className={classes.caption}>{t('lifecycle:cohorts.caption')}</caption>
        <thead>
          <tr>
            <th scope="col" style={{ textAlign: 'start' }}>
              {t('lifecycle:cohorts.began')}
            </th>
            <th scope="col">{t('value:customers')}</th>
            {Array.from({ length: months }, (_, since) => (
              <th key={since} scope="col" style={{ textAlign: 'center' }} aria-label={t('lifecycle:cohorts.since', { count: since })}>
                {since}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cohorts.map(({ cohort, customers, cells }) => (
            <tr key={cohort}>
              <th scope="row">{name(cohort)}</th>
              <td>
                <Link plain {...behind.cohort(cohort, undefined, whose)} className={classes.cell!}>
                  {format.number(customers)}
                </Link>
              </td>
              {cells.slice(0, months).map((cell) => {
                const value = of(cell);
                const strength = cell.since === 0 || value === null || most <= 0 ? 0 : Math.max(0, (STRONGEST * value) / most);
                const words = t('lifecycle:cohorts.cell', {
                  cohort: name(cohort),
                  since: t('lifecycle:cohorts.since', { count: cell.since }),
                  customers: format.number(cell.customers),
                  of: format.number(cell.of),
                  orders: format.number(cell.orders),
                  revenue: format.moneyRound(cell.revenue),
                });
                return (
                  <Tooltip key={cell.since} label={cell.running ? `${words} ${t('lifecycle:cohorts.running')}` : words} multiline maw={320}>
                    <td
                      className={cell.running ? classes.running! : undefined}
                      style={{ background: `color-mix(in srgb, var(--v-accent) ${strength}%, var(--v-surface))` }}
                    >
                      {value === null ? (
                        <span className={classes.small}>–</span>
                      ) : cell.customers === 0 ? (
                        <span className={classes.small}>0</span>
                      ) : (
                        <Link
                          plain
                          {...behind.cohort(cohort, cell.since, whose)}
                          className={classes.cell!}
                          aria-label={`${show(value, format)}. ${words}`}
                        >
                          {show(value, format)}
                        </Link>
                      )}
                    </td>
                  </Tooltip>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
