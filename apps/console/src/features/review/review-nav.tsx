import { useTranslation } from 'react-i18next';
import { RouterLink } from '../../ui/link.tsx';
import classes from './review.module.css';

const VIEWS = { queue: '/review', list: '/review/list', patterns: '/review/patterns', figures: '/review/progress' } as const;

/** The four views of the review, beside the title of each. */
export function ReviewNav({ current }: { current: keyof typeof VIEWS }) {
  const { t } = useTranslation();
  return (
    <nav className={classes.nav} aria-label={t('review:title')}>
      {(Object.keys(VIEWS) as (keyof typeof VIEWS)[]).map((view) => (
        <RouterLink
          key={view}
          to={VIEWS[view]}
          search={{}}
          className={classes.navLink}
          activeOptions={{ exact: true, includeSearch: false }}
          aria-current={view === current ? 'page' : undefined}
        >
          {t(`review:tab.${view}`)}
        </RouterLink>
      ))}
    </nav>
  );
}
