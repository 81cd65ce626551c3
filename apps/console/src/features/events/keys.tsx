import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { ConfirmByTyping } from '../../ui/confirm-by-typing.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconKey, IconPlus } from '../../ui/icons.ts';
import { ActionIcon, Button, Code, Group, Menu, Stack, Text } from '../../ui/kit.ts';
import { IconDots } from '../../ui/icons.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { tell } from '../../ui/tell.tsx';
import { KeyForm } from './key-form.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import type { Key } from './schemas.ts';
import type { SourceEventsSearch } from './search.ts';

/** The keys of a source: what opens the door for its events, from which sites, until when. */
export function Keys({ source, keys }: { source: string; keys: readonly Key[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()('source.write');
  const [words, change] = useWords<SourceEventsSearch>();
  const [about, setAbout] = useState<{ key: Key; act: 'change' | 'rotate' | 'revoke' }>();
  const close = () => setAbout(undefined);
  const revoke = useSend<Key>(({ id }) => ({ path: `/sources/${source}/write-keys/${id}/revoke` }), {
    refreshes: [`/sources/${source}`, '/event-sources'],
    onDone: (_, { name }) => {
      close();
      tell(t('events:keys.revoked', { name }));
    },
  });
  const create = can && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => change({ create: 'yes' })}>
      {t('events:keys.new')}
    </Button>
  );
  const works = ({ state }: Key) => state === 'active' || state === 'expiring';
  return (
    <Stack gap="md">
      {keys.length === 0 ? (
        <EmptyState icon={IconKey} title={t('events:keys.none')} action={create}>
          {t('events:keys.noneText')}
        </EmptyState>
      ) : (
        <>
          <Group justify="space-between" align="flex-start">
            <Text size="sm" c="dimmed" maw={560}>
              {t('events:keys.lead')}
            </Text>
            {create}
          </Group>
          <SimpleTable<Key>
            caption={t('events:source.keys')}
            rows={keys}
            rowId={({ id }) => id}
            columns={[
              { id: 'name', header: t('events:keys.name'), cell: ({ name }) => name },
              {
                id: 'key',
                header: t('events:keys.key'),
                cell: (key) => (
                  <Group gap="xs" wrap="nowrap">
                    <Code fz="sm" title={key.key}>{`${key.key.slice(0, 8)}…`}</Code>
                    {works(key) && <CopyText text={key.key} label={t('events:keys.copy')} />}
                  </Group>
                ),
              },
              {
                id: 'origins',
                header: t('events:keys.origins'),
                definition: t('events:keys.originsHelp'),
                cell: ({ origins }) => (origins.length > 0 ? origins.join(', ') : t('events:keys.anywhere')),
              },
              {
                id: 'used',
                header: t('events:keys.used'),
                cell: ({ lastUsedAt }) => (lastUsedAt ? format.relative(lastUsedAt) : t('events:keys.never')),
              },
              {
                id: 'state',
                header: t('events:column.state'),
                cell: ({ state, expiresAt }) => (
                  <Text span size="sm" {...(state === 'active' ? {} : { c: 'dimmed' })}>
                    {t(`events:keyState.${state}`, { when: expiresAt ? format.dateTime(expiresAt) : '' })}
                  </Text>
                ),
              },
              {
                id: 'acts',
                header: t('people:list.actions'),
                align: 'right',
                cell: (key) =>
                  can &&
                  works(key) && (
                    <Menu position="bottom-end">
                      <Menu.Target>
                        <ActionIcon variant="subtle" color="gray" aria-label={t('events:keys.acts', { name: key.name })}>
                          <IconDots size={16} />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => setAbout({ key, act: 'change' })}>{t('events:keys.change')}</Menu.Item>
                        {key.state === 'active' && (
                          <Menu.Item onClick={() => setAbout({ key, act: 'rotate' })}>{t('events:keys.rotate')}</Menu.Item>
                        )}
                        <Menu.Item color="red" onClick={() => setAbout({ key, act: 'revoke' })}>
                          {t('events:keys.revoke')}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  ),
              },
            ]}
          />
        </>
      )}
      {words.create === 'yes' && can && <KeyForm source={source} onClose={() => change({ create: undefined }, { replace: true })} />}
      {about?.act === 'change' && <KeyForm source={source} changed={about.key} onClose={close} />}
      {about?.act === 'rotate' && <RotateDialog source={source} old={about.key} onClose={close} />}
      <ConfirmByTyping
        opened={about?.act === 'revoke'}
        onClose={close}
        title={t('events:keys.revoke')}
        word={about?.key.name ?? ''}
        action={t('events:keys.revoke')}
        onConfirm={() => about && revoke.mutate(about.key)}
        busy={revoke.isPending}
      >
        {t('events:keys.revokeText', { name: about?.key.name })}
      </ConfirmByTyping>
    </Stack>
  );
}
