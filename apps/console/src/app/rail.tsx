import { useTranslation } from 'react-i18next';
import { Link } from '../ui/link.tsx';
import { useCompany } from './company.ts';
import classes from './frame.module.css';
import { useNavigation } from './navigation.ts';

/** Left, always there, in the order of the work: the verb is the heading, the nouns are the links. */
export function Rail() {
  const { t } = useTranslation();
  return (
    <nav className={classes.rail} aria-label={t('nav:main')}>
      <Brand />
      <NavList />
    </nav>
  );
}

export function Brand() {
  const { name } = useCompany();
  return (
    <div className={classes.brand}>
      <img src="/favicon.svg" width={22} height={22} alt="" />
      <span>{name || 'Vínculo'}</span>
    </div>
  );
}

export function NavList({ onFollow }: { onFollow?: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      {useNavigation().map(({ group, links }) => (
        <div key={group}>
          {group === 'work' && <div className={classes.heading} aria-hidden />}
          {group !== 'start' && group !== 'work' && (
            <div className={classes.heading} id={`nav-${group}`}>
              {t(`nav:${group}`)}
            </div>
          )}
          <ul className={classes.list} aria-label={t(`nav:${group}`)}>
            {links.map(({ to, search, label, icon: Picture, current }) => (
              <li key={label}>
                <Link
                  plain
                  to={to}
                  search={search}
                  className={classes.link!}
                  aria-current={current ? 'page' : undefined}
                  {...(onFollow ? { onClick: onFollow } : {})}
                >
                  <Picture size={18} stroke={1.6} aria-hidden />
                  {t(label)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
