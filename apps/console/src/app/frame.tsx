import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Drawer, useMantineColorScheme } from '../ui/kit.ts';
import { IconMenu2 } from '../ui/icons.ts';
import { keepClear } from '../ui/keep-clear.ts';
import { Link } from '../ui/link.tsx';
import { usePhone } from '../ui/screen-size.ts';
import { CommandBox } from './command-box.tsx';
import classes from './frame.module.css';
import { changeLanguage } from './language.ts';
import { useNavigation } from './navigation.ts';
import { NavList, Rail } from './rail.tsx';
import { useMe } from './session.ts';
import { TopBar } from './top-bar.tsx';

/** What stays around every screen of who has signed in. */
export function Frame() {
  const { t } = useTranslation();
  const phone = usePhone();
  useOwnManners();
  const main = useFocusOnArrival();
  return (
    <div className={classes.frame}>
      <a href="#main" className="v-skip">
        {t('nav:skip')}
      </a>
      {!phone && <Rail />}
      <TopBar />
      <main ref={main} id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      {phone && <Bar />}
      <CommandBox />
    </div>
  );
}

/** A new screen is a new place: who goes by keyboard or by ear is taken there, not left on the link. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const seen = useRef(pathname);
  useEffect(() => {
    if (seen.current !== pathname) main.current?.focus({ preventScroll: true });
    seen.current = pathname;
  }, [pathname]);
  return main;
}

/** Language and theme follow the person from machine to machine. */
function useOwnManners(): void {
  const { language, theme } = useMe();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (language) void changeLanguage(language);
  }, [language]);
  useEffect(() => setColorScheme(theme), [theme, setColorScheme]);
}

/** The rail of a telephone: four links and the rest behind a menu. */
function Bar() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const links = useNavigation()
    .flatMap(({ links }) => links)
    .filter(({ bar }) => bar)
    .slice(0, 4);
  return (
    <>
      <nav ref={keepClear} className={classes.bar} aria-label={t('nav:main')}>
        {links.map(({ to, search, label, icon: Picture, current }) => (
          <Link key={label} plain to={to} search={search} className={classes.tab!} aria-current={current ? 'page' : undefined}>
            <Picture size={20} stroke={1.6} aria-hidden />
            <span>{t(label)}</span>
          </Link>
        ))}
        <button type="button" className={classes.tab} onClick={() => setOpened(true)} aria-haspopup="dialog" aria-expanded={opened}>
          <IconMenu2 size={20} stroke={1.6} aria-hidden />
          <span>{t('nav:menu')}</span>
        </button>
      </nav>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="bottom"
        size="80%"
        title={t('nav:menu')}
        closeButtonProps={{ 'aria-label': t('nav:closeMenu') }}
      >
        <nav aria-label={t('nav:menu')}>
          <NavList onFollow={() => setOpened(false)} />
        </nav>
      </Drawer>
    </>
  );
}
