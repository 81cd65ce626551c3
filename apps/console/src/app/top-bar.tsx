import { useTranslation } from 'react-i18next';
import { useSend } from '../api/queries.ts';
import { ActionIcon, Avatar, Kbd, Menu, Tooltip, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '../ui/kit.ts';
import { IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSearch, IconSun, IconUserCircle } from '../ui/icons.ts';
import { usePhone } from '../ui/screen-size.ts';
import { openSpotlight } from '../ui/spotlight.ts';
import classes from './frame.module.css';
import { changeLanguage, currentLanguage, type Language } from './language.ts';
import { Brand } from './rail.tsx';
import { RunningJobs } from './running-jobs.tsx';
import { forgetSession, type Me, refreshMe, signOut, useMe } from './session.ts';
import { useGo } from '../ui/link.tsx';

const THEMES = [
  { theme: 'light', Picture: IconSun },
  { theme: 'dark', Picture: IconMoon },
  { theme: 'auto', Picture: IconDeviceDesktop },
] as const;

/** Changes one's own language or theme, here at once and on the server for the next machine. */
export function useManners(): { language: (language: Language) => void; theme: (theme: Me['theme']) => void } {
  const { setColorScheme } = useMantineColorScheme();
  const save = useSend<Partial<Pick<Me, 'language' | 'theme'>>, Me>((body) => ({ method: 'PATCH', path: '/me', body }), {
    onDone: () => void refreshMe(),
  });
  return {
    language: (language) => {
      void changeLanguage(language);
      save.mutate({ language });
    },
    theme: (theme) => {
      setColorScheme(theme);
      save.mutate({ theme });
    },
  };
}

export function TopBar() {
  const { t } = useTranslation();
  const phone = usePhone();
  return (
    <section className={classes.top} aria-label={t('nav:top')}>
      {phone && <Brand />}
      {phone ? (
        <>
          <div className={classes.grow} />
          <ActionIcon variant="subtle" color="gray" size="lg" onClick={openSpotlight} aria-label={t('shell:find.open')}>
            <IconSearch size={20} />
          </ActionIcon>
        </>
      ) : (
        <>
          <button type="button" className={classes.find} onClick={openSpotlight} aria-keyshortcuts="Control+K Meta+K">
            <IconSearch size={16} aria-hidden />
            <span>{t('shell:find.open')}</span>
            <Kbd size="xs">{navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'}</Kbd>
          </button>
          <div className={classes.grow} />
        </>
      )}
      <RunningJobs />
      {!phone && <LanguageMenu />}
      {!phone && <ThemeMenu />}
      <OwnMenu />
    </section>
  );
}

function LanguageMenu() {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Tooltip label={t('common:language.title')}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('common:language.title')}>
            <IconLanguage size={18} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <LanguageItems />
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageItems() {
  const manners = useManners();
  return (
    <Menu.RadioGroup value={currentLanguage()} onChange={(language) => manners.language(language as Language)}>
      {(['es', 'en'] as const).map((language) => (
        // Each language by its own name, so that it is found by who reads no other.
        <Menu.RadioItem key={language} value={language} lang={language} closeMenuOnClick>
          {OWN_NAME[language]}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
const OWN_NAME: Record<Language, string> = { es: 'Español', en: 'English' };

function ThemeMenu() {
  const { t } = useTranslation();
  const { colorScheme } = useMantineColorScheme();
  const Picture = THEMES.find(({ theme }) => theme === colorScheme)?.Picture ?? IconSun;
  return (
    <Menu position="bottom-end">
      <Tooltip label={t('common:theme.title')}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('common:theme.title')}>
            <Picture size={18} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <ThemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}

function ThemeItems() {
  const { t } = useTranslation();
  const manners = useManners();
  const { colorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(theme) => manners.theme(theme as Me['theme'])}>
      {THEMES.map(({ theme, Picture }) => (
        <Menu.RadioItem key={theme} value={theme} rightSection={<Picture size={16} />} closeMenuOnClick>
          {t(`common:theme.${theme}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

function OwnMenu() {
  const { t } = useTranslation();
  const { name, email, role } = useMe();
  const phone = usePhone();
  const go = useGo();
  const leave = async () => {
    await signOut();
    await go({ to: '/sign-in' });
    forgetSession();
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton p={4}>
          <Avatar size={28} name={name} />
          <VisuallyHidden>{t('shell:me.menu', { name })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <b>{name}</b>
          <br />
          {email}
          {role && (
            <>
              <br />
              {t(`access:role.${role}`)}
            </>
          )}
        </Menu.Label>
        <Menu.Item leftSection={<IconUserCircle size={16} />} onClick={() => void go({ to: '/account' })}>
          {t('nav:account')}
        </Menu.Item>
        {phone && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('common:language.title')}</Menu.Label>
            <LanguageItems />
            <Menu.Divider />
            <Menu.Label>{t('common:theme.title')}</Menu.Label>
            <ThemeItems />
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {t('nav:signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
