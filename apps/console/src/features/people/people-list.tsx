import type { passwordLink, Person } from '@vinculo/access/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePage, useSend } from '../../api/queries.ts';
import { call } from '../../api/client.ts';
import { useRefresh } from '../../api/queries.ts';
import { useMe } from '../../app/session.ts';
import { Card } from '../../ui/board-page.tsx';
import { ConfirmByTyping } from '../../ui/confirm-by-typing.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { ActionIcon, Badge, Button, Group, Menu, Modal, Stack, Text } from '../../ui/kit.ts';
import { IconBan, IconCheck, IconDots, IconKey, IconTrash } from '../../ui/icons.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tell, tellUndo } from '../../ui/tell.tsx';
import { RoleSelect } from './role-select.tsx';

const PEOPLE = '/people';

export function PeopleList() {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const people = usePage<Person>(PEOPLE, { limit: 100 });
  return (
    <Card title={t('people:list.title')} span={12}>
      <ErrorNote error={people.error} retry={people.retry} />
      {people.loading && <RowSkeletons rows={3} />}
      {people.rows.length > 0 && (
        <SimpleTable
          caption={t('people:list.title')}
          rows={people.rows}
          rowId={({ id }) => id}
          columns={[
            {
              id: 'name',
              header: t('people:list.name'),
              cell: ({ id, name, email }) => (
                <>
                  {name}
                  {id === me.id && (
                    <Text span size="xs" c="dimmed">
                      {' '}
                      ({t('people:list.me')})
                    </Text>
                  )}
                  <Text size="xs" c="dimmed">
                    {email}
                  </Text>
                </>
              ),
            },
            { id: 'role', header: t('people:list.role'), cell: (person) => <PersonRole person={person} /> },
            {
              id: 'state',
              header: t('people:list.state'),
              cell: ({ state }) => <Badge color={state === 'active' ? 'gray' : 'orange'}>{t(`access:personState.${state}`)}</Badge>,
            },
            {
              id: 'twoFactor',
              header: t('people:twoFactor.name'),
              cell: ({ twoFactorEnabled }) => t(twoFactorEnabled ? 'common:yes' : 'common:no'),
            },
            {
              id: 'seen',
              header: t('people:list.seen'),
              align: 'right',
              cell: ({ lastSeenAt }) => (lastSeenAt ? format.relative(lastSeenAt) : t('people:list.never')),
            },
            {
              id: 'menu',
              header: t('people:list.actions'),
              align: 'right',
              cell: (person) => person.id !== me.id && <PersonMenu person={person} />,
            },
          ]}
        />
      )}
      {people.more && (
        <Group justify="center">
          <Button variant="subtle" loading={people.fetchingMore} onClick={people.fetchMore}>
            {t('common:more')}
          </Button>
        </Group>
      )}
    </Card>
  );
}

function PersonRole({ person }: { person: Person }) {
  const { t } = useTranslation();
  const me = useMe();
  const change = useSend<string, Person>((role) => ({ method: 'PATCH', path: `${PEOPLE}/${person.id}`, body: { role } }), {
    refreshes: [PEOPLE],
    onDone: ({ name, role }) => tell(t('people:list.roleChanged', { name, role: t(`access:role.${role}`) })),
  });
  if (person.id === me.id) return t(`access:role.${person.role}`);
  return (
    <RoleSelect
      value={person.role}
      onChange={(role) => change.mutate(role)}
      label={t('people:list.roleOf', { name: person.name })}
      hideLabel
    />
  );
}

function PersonMenu({ person }: { person: Person }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [removing, setRemoving] = useState(false);
  const path = `${PEOPLE}/${person.id}`;
  const suspend = useSend(() => ({ path: `${path}/suspend` }), {
    refreshes: [PEOPLE],
    onDone: () =>
      tellUndo(t('people:list.suspended', { name: person.name }), async () => {
        await call({ method: 'POST', path: `${path}/restore` });
        await refresh(PEOPLE);
      }),
  });
  const restore = useSend(() => ({ path: `${path}/restore` }), {
    refreshes: [PEOPLE],
    onDone: () => tell(t('people:list.restored', { name: person.name })),
  });
  const link = useSend<void, z.infer<typeof passwordLink>>(() => ({ path: `${path}/password-link` }));
  const remove = useSend(() => ({ method: 'DELETE', path }), {
    refreshes: [PEOPLE],
    onDone: () => {
      setRemoving(false);
      tell(t('people:list.removed', { name: person.name }));
    },
  });

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('people:list.actionsFor', { name: person.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => link.mutate()}>
            {t('people:list.passwordLink')}
          </Menu.Item>
          {person.state === 'active' ? (
            <Menu.Item leftSection={<IconBan size={16} />} onClick={() => suspend.mutate()}>
              {t('people:list.suspend')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconCheck size={16} />} onClick={() => restore.mutate()}>
              {t('people:list.restore')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setRemoving(true)}>
            {t('people:list.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={link.data !== undefined}
        onClose={() => link.reset()}
        title={t('people:list.passwordLink')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack gap="md">
          <Text size="sm">{t('people:list.passwordLinkHelp', { name: person.name })}</Text>
          <CopyText text={link.data?.link ?? ''} />
        </Stack>
      </Modal>
      <ConfirmByTyping
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('people:list.remove')}
        word={person.name}
        action={t('people:list.remove')}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
      >
        {t('people:list.removeHelp', { name: person.name })}
      </ConfirmByTyping>
    </>
  );
}
