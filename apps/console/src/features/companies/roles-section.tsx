import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { usePage, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconBriefcase, IconPlus } from '../../ui/icons.ts';
import { Button, Group, Stack, Text } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import type { Customer } from '../customers/customer.tsx';
import { PickCustomer } from '../households/pick-customer.tsx';
import { NO_WORDS, RoleFields, type RoleWords } from './role-form.tsx';
import { type Role, RolesTable } from './roles-table.tsx';

/** Who is and was what in a company; or what a person is and was in companies. */
export function RolesSection({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const roles = usePage<Role>(`/customers/${customer.id}/roles`);
  const ofCompany = customer.kind === 'company';
  const names = ofCompany ? 'person' : 'company';
  if (roles.error) return <ErrorNote error={roles.error} retry={roles.retry} />;
  if (roles.loading) return <BlockSkeleton height={160} />;
  const add = can('customer.write') && (
    <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
      {t(ofCompany ? 'companies:act.addPerson' : 'companies:act.addCompany')}
    </Button>
  );
  const caption = t(ofCompany ? 'companies:peopleOf' : 'companies:companiesOf', { name: customer.name });
  const groups = [
    { when: 'companies:current' as const, roles: roles.rows.filter(({ current }) => current) },
    { when: 'companies:past' as const, roles: roles.rows.filter(({ current }) => !current) },
  ].filter((group) => group.roles.length > 0);

  return (
    <section aria-label={caption}>
      {groups.length === 0 && !ofCompany ? (
        <EmptyState icon={IconBriefcase} title={t('companies:noCompanies')} action={add}>
          {t('companies:noCompaniesText')}
        </EmptyState>
      ) : (
        <Stack gap="md">
          <Group justify="space-between">
            <Text size="sm" fw={600} component="h2" m={0}>
              {t(ofCompany ? 'companies:people' : 'companies:tab.companies')}
            </Text>
            {add}
          </Group>
          {groups.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('companies:noPeople')} {t('companies:noPeopleText')}
            </Text>
          )}
          {groups.map((group) => (
            <div key={group.when}>
              <Text size="xs" c="dimmed" fw={600} mb={4}>
                {t(group.when)}
              </Text>
              <RolesTable roles={group.roles} caption={`${caption} · ${t(group.when)}`} names={names} />
            </div>
          ))}
          {roles.more && (
            <Button variant="default" size="xs" loading={roles.fetchingMore} onClick={roles.fetchMore} style={{ alignSelf: 'flex-start' }}>
              {t('common:more')}
            </Button>
          )}
        </Stack>
      )}
      {adding && <AddRole customer={customer} onClose={() => setAdding(false)} />}
    </section>
  );
}

function AddRole({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [words, setWords] = useState<RoleWords>(NO_WORDS);
  const ofCompany = customer.kind === 'company';
  const add = useSend<string, Role>(
    (other) => ({
      path: '/company-roles',
      body: {
        ...(ofCompany ? { companyId: customer.id, personId: other } : { companyId: other, personId: customer.id }),
        title: words.title,
        department: words.department,
        startedOn: words.startedOn || null,
      },
    }),
    {
      refreshes: ['/customers'],
      onDone: ({ id }) => {
        onClose();
        tellUndo(t('companies:done.added'), async () => {
          await call({ method: 'DELETE', path: `/company-roles/${id}` });
          await refresh('/customers');
        });
      },
    },
  );
  return (
    <PickCustomer
      opened
      kind={ofCompany ? 'person' : 'company'}
      title={t('companies:role.add')}
      action={t(ofCompany ? 'companies:act.addPerson' : 'companies:act.addCompany')}
      label={t(ofCompany ? 'companies:column.person' : 'companies:column.company')}
      without={[customer.id]}
      busy={add.isPending}
      onClose={onClose}
      onPick={(other) => add.mutate(other)}
    >
      <RoleFields words={words} onWords={setWords} />
    </PickCustomer>
  );
}
