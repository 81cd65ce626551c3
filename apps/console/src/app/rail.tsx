import { useTranslation } from 'react-i18next';
import { useGet } from '../api/queries.ts';
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
            {links.map(({ to, search, label, icon: Picture, current, count }) => (
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
                  {count && <NavCount {...count} />}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

const COUNT_MS = 60_000;
/** More than this is many. */
const MOST_SHOWN = 999;

/** How many things wait behind a link; nothing when none do. */
function NavCount({ path, of }: { path: string; of: string }) {
  const { data } = useGet<Record<string, unknown>>(path, {}, { every: COUNT_MS });
  const count = Number(data?.[of] ?? 0);
  return count > 0 && <span className={classes.count}>{count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}</span>;
}
