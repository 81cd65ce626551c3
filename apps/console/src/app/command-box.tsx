// ⌘K: any customer, any screen, things to do.
import type { SearchHit } from '@vinculo/customer-file/api/customers';
import { fold } from '@vinculo/languages/api';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../api/queries.ts';
import { Modal, Text, VisuallyHidden, useDebouncedValue, useHotkeys, useMantineColorScheme } from '../ui/kit.ts';
import { type Icon, IconBuilding, IconLanguage, IconMoon, IconSearch, IconSun, IconUser, IconUserCircle } from '../ui/icons.ts';
import { chooseFirst, openSpotlight, Spotlight, spotlightStore } from '../ui/spotlight.ts';
import { currentLanguage } from './language.ts';
import { useNavigation } from './navigation.ts';
import { SCREENS } from './routes.tsx';
import { useCan } from './session.ts';
import { useManners } from './top-bar.tsx';
import { useGo } from '../ui/link.tsx';

type Hit = z.infer<typeof SearchHit>;

interface Choice {
  id: string;
  label: string;
  detail?: string;
  icon: Icon;
  run: () => void;
}

export function CommandBox() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  useHotkeys([['/', openSpotlight]]);
  const customers = useCustomers(typed);
  const screens = useScreens().filter(({ label }) => matches(label, typed));
  const actions = useActions().filter(({ label }) => matches(label, typed));
  const groups = [
    { label: t('shell:find.customers'), choices: customers.choices },
    { label: t('shell:find.screens'), choices: screens },
    { label: t('shell:find.actions'), choices: actions },
  ].filter(({ choices }) => choices.length > 0);

  // Enter opens the first, also when the customers found come later than the screens.
  const offered = groups.flatMap(({ choices }) => choices.map(({ id }) => id)).join();
  useEffect(() => {
    if (typed && offered) chooseFirst();
  }, [typed, offered]);

  return (
    <Spotlight.Root
      store={spotlightStore}
      query={typed}
      onQueryChange={setTyped}
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={480}
      size={600}
      clearQueryOnClose
      yOffset="12vh"
      centered={false}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
    >
      <VisuallyHidden>
        <Modal.Title>{t('shell:find.open')}</Modal.Title>
      </VisuallyHidden>
      <Spotlight.Search
        placeholder={t('shell:find.placeholder')}
        aria-label={t('shell:find.placeholder')}
        leftSection={<IconSearch size={18} />}
      />
      <Spotlight.ActionsList aria-label={t('shell:find.results')}>
        {groups.map(({ label, choices }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {choices.map(({ id, label: name, detail, icon: Picture, run }) => (
              <Spotlight.Action
                key={id}
                leftSection={<Picture size={18} stroke={1.6} />}
                label={name}
                {...(detail ? { description: detail } : {})}
                onClick={run}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{customers.searching ? t('common:loading') : t('shell:find.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
      <Spotlight.Footer>
        <Text size="xs" c="dimmed">
          {t('shell:find.help')}
        </Text>
      </Spotlight.Footer>
    </Spotlight.Root>
  );
}

function useCustomers(typed: string): { choices: Choice[]; searching: boolean } {
  const { t } = useTranslation();
  const go = useGo();
  const can = useCan();
  const [asked] = useDebouncedValue(typed.trim(), 120);
  const there = SCREENS.some(({ path }) => path === '/customers/$id') && can('customer.read');
  const { data, isFetching } = useGet<{ hits: Hit[] }>(
    '/customers/search',
    { q: asked, limit: 6 },
    { enabled: there && asked.length > 1, keep: true, staleTime: 30_000 },
  );
  if (!there || asked.length < 2) return { choices: [], searching: false };
  const hits = (data?.hits ?? []).map(
    (hit): Choice => ({
      id: hit.id,
      label: hit.name,
      detail: hit.corrected ? `${hit.detail} · ${t('shell:find.corrected')}` : hit.detail,
      icon: hit.kind === 'company' ? IconBuilding : IconUser,
      run: () => void go({ to: '/customers/$id', params: { id: hit.id } }),
    }),
  );
  const all: Choice = {
    id: 'all-customers',
    label: t('shell:find.allCustomers', { text: asked }),
    icon: IconSearch,
    run: () => void go({ to: '/customers', search: { search: asked } }),
  };
  return { choices: [...hits, all], searching: isFetching };
}

function useScreens(): Choice[] {
  const { t } = useTranslation();
  const go = useGo();
  const rail = useNavigation().flatMap(({ links }) => links);
  return [
    ...rail.map(({ to, search, label, icon }) => ({
      id: `${to}${label}`,
      label: t(label),
      icon,
      run: () => void go({ to, search }),
    })),
    { id: 'account', label: t('nav:account'), icon: IconUserCircle, run: () => void go({ to: '/account' }) },
  ];
}

function useActions(): Choice[] {
  const { t } = useTranslation();
  const go = useGo();
  const can = useCan();
  const manners = useManners();
  const { colorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark';
  const other = currentLanguage() === 'es' ? 'en' : 'es';
  const own = SCREENS.filter((screen) => can(screen.permission)).flatMap((screen) =>
    (screen.actions ?? [])
      .filter((action) => can(action.permission))
      .map(
        ({ label, icon, search }): Choice => ({
          id: label,
          label: t(label),
          icon,
          run: () => void go({ to: screen.path, search }),
        }),
      ),
  );
  return [
    ...own,
    {
      id: 'theme',
      label: t(dark ? 'shell:find.light' : 'shell:find.dark'),
      icon: dark ? IconSun : IconMoon,
      run: () => manners.theme(dark ? 'light' : 'dark'),
    },
    { id: 'language', label: t(`shell:find.${other}`), icon: IconLanguage, run: () => manners.language(other) },
  ];
}

const matches = (label: string, typed: string) => fold(label).includes(fold(typed.trim()));
