import type { PersonRole } from '@vinculo/customer-file/api/companies';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { IconDots } from '../../ui/icons.ts';
import { ActionIcon, Button, Group, Menu, Modal, Stack } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import { RoleFields, type RoleWords } from './role-form.tsx';

export type Role = z.infer<typeof PersonRole>;

interface RolesTableProps {
  roles: readonly Role[];
  caption: string;
  /** Which side of the role is named: the person in a company's profile, the company in a person's. */
  names: 'person' | 'company';
}

/** Roles with their dates and who says so; corrected, ended and taken away, each with its undo. */
export function RolesTable({ roles, caption, names }: RolesTableProps) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [editing, setEditing] = useState<Role | null>(null);
  const acts = useRoleActs(() => setEditing(null));
  return (
    <>
      <SimpleTable<Role>
        caption={caption}
        rows={roles}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'name',
            header: t(`companies:column.${names}`),
            cell: (role) => (
              <Link to="/customers/$id" params={{ id: role[names].id }} search={{ tab: 'company' }} size="sm">
                {role[names].name}
              </Link>
            ),
          },
          { id: 'title', header: t('companies:column.title'), cell: ({ title }) => title ?? '–' },
          { id: 'department', header: t('companies:column.department'), cell: ({ department }) => department ?? '–' },
          {
            id: 'from',
            header: t('companies:column.from'),
            cell: ({ startedOn, saidAt }) => (startedOn ? format.date(startedOn) : t('companies:asked', { date: format.date(saidAt) })),
          },
          { id: 'to', header: t('companies:column.to'), cell: ({ endedOn }) => (endedOn ? format.date(endedOn) : '–') },
          {
            id: 'source',
            header: t('companies:column.source'),
            cell: ({ sourceLabel, recordedBy }) => sourceLabel ?? t('companies:byHand', { name: recordedBy }),
          },
          ...(can('customer.write')
            ? [
                {
                  id: 'act',
                  header: '',
                  align: 'right' as const,
                  cell: (role: Role) => (
                    <Menu position="bottom-end" withinPortal>
                      <Menu.Target>
                        <ActionIcon variant="subtle" color="gray" aria-label={t('companies:actOn.edit', { name: role[names].name })}>
                          <IconDots size={16} />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => setEditing(role)}>{t('companies:act.edit')}</Menu.Item>
                        {role.current && <Menu.Item onClick={() => acts.end.mutate(role)}>{t('companies:act.end')}</Menu.Item>}
                        <Menu.Item onClick={() => acts.remove.mutate(role)}>{t('companies:act.remove')}</Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  ),
                },
              ]
            : []),
        ]}
      />
      {editing && (
        <EditRole
          role={editing}
          busy={acts.change.isPending}
          onClose={() => setEditing(null)}
          onSave={(words) => acts.change.mutate({ role: editing, words })}
        />
      )}
    </>
  );
}

function EditRole({ role, busy, onClose, onSave }: { role: Role; busy: boolean; onClose: () => void; onSave: (words: RoleWords) => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState<RoleWords>({
    title: role.title ?? '',
    department: role.department ?? '',
    startedOn: role.startedOn ?? '',
    endedOn: role.endedOn ?? '',
  });
  return (
    <Modal opened onClose={onClose} title={t('companies:role.edit')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSave(words);
        }}
      >
        <Stack gap="md">
          <RoleFields words={words} onWords={setWords} ended />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useRoleActs(onChanged: () => void) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const patch = (id: string, body: object) => call({ method: 'PATCH', path: `/company-roles/${id}`, body });
  const former = ({ title, department, startedOn, endedOn }: Role) => ({ title, department, startedOn, endedOn });
  const undo = (back: () => Promise<unknown>) => async () => {
    await back();
    await refresh('/customers');
  };
  const change = useSend<{ role: Role; words: RoleWords }, Role>(
    ({ role, words }) => ({
      method: 'PATCH',
      path: `/company-roles/${role.id}`,
      body: { title: words.title, department: words.department, startedOn: words.startedOn || null, endedOn: words.endedOn || null },
    }),
    {
      refreshes: ['/customers'],
      onDone: (_, { role }) => {
        onChanged();
        tellUndo(
          t('companies:done.changed'),
          undo(() => patch(role.id, former(role))),
        );
      },
    },
  );
  const end = useSend<Role, Role>(
    ({ id }) => ({ method: 'PATCH', path: `/company-roles/${id}`, body: { endedOn: new Date().toISOString().slice(0, 10) } }),
    {
      refreshes: ['/customers'],
      onDone: (_, role) =>
        tellUndo(
          t('companies:done.ended'),
          undo(() => patch(role.id, { endedOn: role.endedOn })),
        ),
    },
  );
  const remove = useSend<Role, Role>(({ id }) => ({ method: 'DELETE', path: `/company-roles/${id}` }), {
    refreshes: ['/customers'],
    onDone: (_, role) =>
      tellUndo(
        t('companies:done.removed'),
        undo(() => call({ method: 'POST', path: `/company-roles/${role.id}/restore` })),
      ),
  });
  return { change, end, remove };
}
