import { useTranslation } from 'react-i18next';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { useFormat } from '../../ui/format.ts';
import classes from './review.module.css';
import type { Pair } from './schemas.ts';

/** What will happen with each answer, and how many are like this. */
export function Consequences({ pair, second }: { pair: Pair; second: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { same, different } = pair.consequences;
  return (
    <section className={classes.panel} aria-label={t('review:then.title')}>
      <h3>{t('review:then.title')}</h3>
      <Text size="sm" component="ul" className={classes.then!}>
        <li>{same.does === 'merge' ? t('review:then.merge', { records: same.records }) : t('review:then.stayOne')}</li>
        <li>
          {different.does === 'split'
            ? t('review:then.split', { count: different.leaving, a: pair.customerA.name })
            : t('review:then.stayTwo')}
        </li>
        {second && <li>{t('review:then.second')}</li>}
        <li>{t('review:then.undo')}</li>
      </Text>
      {pair.alike > 2 && (
        <Text size="sm">
          {t('review:alike', { count: pair.alike, shown: format.number(pair.alike) })}.{' '}
          <Link to="/review/patterns" size="sm">
            {t('review:alikeAll')}
          </Link>
        </Text>
      )}
    </section>
  );
}
