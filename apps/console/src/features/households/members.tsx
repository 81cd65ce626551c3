import type { Household } from '@vinculo/customer-file/api/households';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { IconX } from '../../ui/icons.ts';
import { ActionIcon, List, Text, Tooltip } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { Why } from '../../ui/why.tsx';
import { useHouseholdActs } from './use-household-acts.ts';

type Home = z.infer<typeof Household>;
type Member = Home['members'][number];

/** The people of a household: what they are in it, why they are of it, and a way out. */
export function Members({ household, me }: { household: Home; me?: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const { takeOut } = useHouseholdActs();
  const worth = household.members.some(({ value }) => value !== null);
  return (
    <SimpleTable<Member>
      caption={t('households:tab.members')}
      rows={household.members}
      rowId={({ id }) => id}
      columns={[
        {
          id: 'person',
          header: t('households:column.person'),
          cell: ({ id, name }) =>
            id === me ? (
              <Text size="sm" fw={600}>
                {name}
              </Text>
            ) : (
              <Link to="/customers/$id" params={{ id }} size="sm">
                {name}
              </Link>
            ),
        },
        { id: 'role', header: t('households:column.role'), cell: ({ role }) => t(`households:role.${role}`) },
        { id: 'born', header: t('households:column.born'), cell: ({ birthYear }) => birthYear ?? '–' },
        ...(worth
          ? [
              {
                id: 'revenue',
                header: t('households:column.revenue'),
                align: 'right' as const,
                cell: ({ value }: Member) => (value ? format.moneyRound(value.revenue) : '–'),
              },
            ]
          : []),
        { id: 'why', header: t('households:column.why'), cell: (member) => <MemberWhy member={member} /> },
        ...(can('customer.write')
          ? [
              {
                id: 'act',
                header: '',
                align: 'right' as const,
                cell: ({ id, name }: Member) => (
                  <Tooltip label={t('households:takeOutOf', { name })}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('households:takeOutOf', { name })}
                      loading={takeOut.isPending && takeOut.variables?.customerId === id}
                      onClick={() => takeOut.mutate({ household: household.id, customerId: id })}
                    >
                      <IconX size={16} />
                    </ActionIcon>
                  </Tooltip>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function MemberWhy({ member }: { member: Member }) {
  const { t } = useTranslation();
  const format = useFormat();
  const decided = member.reasons.includes('decided');
  return (
    <Why about={member.name}>
      {decided ? (
        <Text size="sm">{t('households:why.decided')}</Text>
      ) : (
        <>
          <Text size="sm">{t('households:why.with', { name: member.tiedTo?.name ?? '' })}</Text>
          <List size="sm">
            {member.reasons.map((reason) => (
              <List.Item key={reason}>{t(`households:reason.${reason}`)}</List.Item>
            ))}
          </List>
          <Text size="sm">{t('households:why.sure', { probability: format.percent(member.probability) })}</Text>
        </>
      )}
      <Text size="xs" c="dimmed">
        {t('households:why.never')}
      </Text>
    </Why>
  );
}
