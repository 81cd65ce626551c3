import type { ValueOverview } from '@vinculo/insight/api/value';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Text, Tooltip, VisuallyHidden } from '../../ui/kit.ts';
import classes from './rfm-map.module.css';
import { behind } from './search-targets.ts';

type Cell = z.infer<typeof ValueOverview>['map'][number];
const QUINTILES = [1, 2, 3, 4, 5];
const FAINTEST = 6;
const STRONGEST = 62;

/** How many customers stand in each recency × frequency cell, each leading to them; the stronger the colour, the more. */
export function RfmMap({ map }: { map: Cell[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = new Map(map.map((cell) => [`${cell.recency}.${cell.frequency}`, cell]));
  const most = Math.max(1, ...map.map(({ customers }) => customers));
  const strength = (customers: number) => (customers === 0 ? 0 : FAINTEST + (STRONGEST - FAINTEST) * Math.sqrt(customers / most));

  return (
    <div className={classes.scroll}>
      <table className={classes.map}>
        <caption className={classes.caption}>{t('value:map.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">
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
                const cell = at.get(`${recency}.${frequency}`);
                const customers = cell?.customers ?? 0;
                return (
                  <Tooltip
                    key={frequency}
                    label={t('value:map.cell', {
                      count: customers,
                      customers: format.number(customers),
                      revenue: format.moneyRound(cell?.revenue ?? 0),
                    })}
                  >
                    <td style={{ background: `color-mix(in srgb, var(--v-accent) ${strength(customers)}%, var(--v-surface))` }}>
                      {customers === 0 ? (
                        <span className={classes.none}>0</span>
                      ) : (
                        <Link
                          plain
                          {...behind.cell(recency, frequency)}
                          className={classes.cell!}
                          aria-label={t('value:map.cell', {
                            count: customers,
                            customers: format.number(customers),
                            revenue: format.moneyRound(cell?.revenue ?? 0),
                          })}
                        >
                          {format.short(customers)}
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
      <Text size="xs" c="dimmed" mt={4}>
        {t('value:map.axes')}
      </Text>
    </div>
  );
}
