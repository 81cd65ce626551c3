import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../api/queries.ts';
import { IconChevronDown, IconChevronRight } from '../ui/icons.ts';
import { useLocalStorage } from '../ui/kit.ts';
import { Link } from '../ui/link.tsx';
import { useCompany } from './company.ts';
import classes from './frame.module.css';
import { nested, type RailLink, useNavigation } from './navigation.ts';

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
            {nested(links).map(({ link, children }) => (
              <Branch key={link.label} link={link} branches={children} onFollow={onFollow} />
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

interface BranchProps {
  link: RailLink;
  /** Links under it, shown once it is opened: by hand, or by being there. */
  branches: RailLink[];
  onFollow: (() => void) | undefined;
}

function Branch({ link, branches, onFollow }: BranchProps) {
  const { t } = useTranslation();
  const [chosen, choose] = useLocalStorage<boolean | null>({
    key: `rail ${link.label}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const here = link.current || branches.some(({ current }) => current);
  const open = branches.length > 0 && (here || chosen === true);
  const id = useId();
  if (branches.length === 0)
    return (
      <li>
        <RailEntry link={link} onFollow={onFollow} />
      </li>
    );
  return (
    <li>
      <div className={classes.branch}>
        <RailEntry link={link} onFollow={onFollow} counts={open ? [] : branches.flatMap(({ count }) => count ?? [])} />
        <button
          type="button"
          className={classes.fold}
          aria-expanded={open}
          aria-controls={id}
          aria-label={t('nav:more', { of: t(link.label) })}
          // Where one is stays open: there is nothing to fold away.
          disabled={here}
          onClick={() => choose(!open)}
        >
          {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        </button>
      </div>
      <ul className={classes.branches} id={id} hidden={!open} aria-label={t(link.label)}>
        {open &&
          branches.map((branch) => (
            <li key={branch.label}>
              <RailEntry link={branch} onFollow={onFollow} />
            </li>
          ))}
      </ul>
    </li>
  );
}

interface EntryProps {
  link: RailLink;
  onFollow: (() => void) | undefined;
  /** What waits behind links that are folded away under it. */
  counts?: NonNullable<RailLink['count']>[];
}

function RailEntry({ link: { to, search, label, icon: Picture, current, count }, onFollow, counts = [] }: EntryProps) {
  const { t } = useTranslation();
  return (
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
      {[...(count ? [count] : []), ...counts].map((one) => (
        <NavCount key={one.path} {...one} />
      ))}
    </Link>
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
