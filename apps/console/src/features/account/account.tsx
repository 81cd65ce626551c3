import type { MeChange } from '@vinculo/access/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { type Me, refreshMe, useMe } from '../../app/session.ts';
import { useManners } from '../../app/top-bar.tsx';
import { Avatar, Button, Group, SegmentedControl, Stack, Text, TextInput } from '../../ui/kit.ts';
import { IconLanguage, IconShieldLock, IconUser } from '../../ui/icons.ts';
import { RecordPage } from '../../ui/record-page.tsx';
import { tell } from '../../ui/tell.tsx';
import { Security } from './security.tsx';

export default function Account() {
  const { t } = useTranslation();
  const me = useMe();
  const [{ tab = 'profile' }, change] = useWords<{ tab?: string }>();
  return (
    <RecordPage
      title={t('nav:account')}
      tab={tab}
      onTab={(next) => change({ tab: next }, { replace: true })}
      summary={
        <Stack gap="md">
          <Group wrap="nowrap">
            <Avatar size={44} name={me.name} aria-hidden />
            <div style={{ minWidth: 0 }}>
              <Text fw={600} truncate>
                {me.name}
              </Text>
              <Text size="sm" c="dimmed" truncate>
                {me.email}
              </Text>
            </div>
          </Group>
          {me.role && (
            <div>
              <Text size="sm" fw={500}>
                {t(`access:role.${me.role}`)}
              </Text>
              <Text size="sm" c="dimmed">
                {t(`access:roleDescription.${me.role}`)}
              </Text>
            </div>
          )}
          <Text size="sm">{t(me.twoFactorEnabled ? 'people:twoFactor.on' : 'people:twoFactor.off')}</Text>
        </Stack>
      }
      tabs={[
        { id: 'profile', label: t('people:account.profile'), icon: IconUser, content: () => <Profile me={me} /> },
        { id: 'security', label: t('people:account.security'), icon: IconShieldLock, content: () => <Security /> },
        { id: 'manners', label: t('people:account.manners'), icon: IconLanguage, content: () => <Manners me={me} /> },
      ]}
    />
  );
}

function Profile({ me }: { me: Me }) {
  const { t } = useTranslation();
  const [name, setName] = useState(me.name);
  const save = useSend<MeChange, Me>((body) => ({ method: 'PATCH', path: '/me', body }), {
    onDone: () => {
      tell(t('common:saved'));
      void refreshMe();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ name: name.trim() });
      }}
    >
      <Stack gap="md" maw={420}>
        <TextInput
          label={t('people:yourName')}
          autoComplete="name"
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput label={t('people:email')} value={me.email ?? ''} readOnly description={t('people:account.emailHelp')} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || name.trim() === me.name}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Manners({ me }: { me: Me }) {
  const { t, i18n } = useTranslation();
  const manners = useManners();
  return (
    <Stack gap="lg" maw={420}>
      <div>
        <Text size="sm" fw={500} mb={4} id="own-language">
          {t('common:language.title')}
        </Text>
        <SegmentedControl
          aria-labelledby="own-language"
          value={i18n.language}
          onChange={(language) => manners.language(language === 'en' ? 'en' : 'es')}
          data={[
            { value: 'es', label: t('common:language.es') },
            { value: 'en', label: t('common:language.en') },
          ]}
        />
      </div>
      <div>
        <Text size="sm" fw={500} mb={4} id="own-theme">
          {t('common:theme.title')}
        </Text>
        <SegmentedControl
          aria-labelledby="own-theme"
          value={me.theme}
          onChange={(theme) => manners.theme(theme as Me['theme'])}
          data={(['light', 'dark', 'auto'] as const).map((theme) => ({ value: theme, label: t(`common:theme.${theme}`) }))}
        />
      </div>
    </Stack>
  );
}
