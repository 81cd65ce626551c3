import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import classes from './duplicates.module.css';
import type { Overview } from './duplicates.tsx';

/** How many customers are made of one record, two, three …; the bars compare those of several, which those of one would dwarf. */
export function Sizes({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const last = overview.sizes.at(-1)?.records ?? 1;
  const several = overview.sizes.filter(({ records }) => records > 1);
  const single = overview.sizes.find(({ records }) => records === 1)?.customers ?? 0;
  const most = Math.max(1, ...several.map(({ customers }) => customers));
  return (
    <>
      <dl className={classes.sizes}>
        {several.map(({ records, customers }) => (
          <div key={records} style={{ display: 'contents' }}>
            <dt>
              {t('duplicates:sizes.records', { count: records, shown: records === last && records > 2 ? `${records}+` : String(records) })}
            </dt>
            <dd>
              <span className={classes.bar} style={{ inlineSize: `${(customers / most) * 100}%` }} aria-hidden />
              <Link to="/customers" search={{ duplicates: 'yes' }} c="inherit" size="sm">
                {format.number(customers)}
              </Link>
            </dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed">
        {t('duplicates:sizes.single', { count: single, shown: format.number(single) })}
      </Text>
    </>
  );
}
