import type { CustomerHousehold } from '@vinculo/customer-file/api/households';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconHomeHeart, IconUserPlus } from '../../ui/icons.ts';
import { Button, Group, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import type { Customer } from '../customers/customer.tsx';
import { ConfirmedMark, HomeAddress, HomeFigures } from './household-facts.tsx';
import { Members } from './members.tsx';
import { PickCustomer } from './pick-customer.tsx';
import { useHouseholdActs } from './use-household-acts.ts';

type Answer = z.infer<typeof CustomerHousehold>;

/** With whom a person lives, and who else is at the address. */
export function HouseholdTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useGet<Answer>(`/customers/${customer.id}/household`);
  const acts = useHouseholdActs(() => setAdding(false));
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <BlockSkeleton height={240} />;
  const { household, nearby } = data;
  const add = (other: string) =>
    household ? acts.putIn.mutate({ household: household.id, customerId: other }) : acts.make.mutate([customer.id, other]);
  const addButton = can('customer.write') && (
    <Button variant="default" size="xs" leftSection={<IconUserPlus size={14} />} onClick={() => setAdding(true)}>
      {t(household ? 'households:act.putIn' : 'households:act.make')}
    </Button>
  );

  return (
    <Stack gap="xl">
      {household ? (
        <Stack gap="md" component="section" aria-label={t('households:tab.household')}>
          <Group justify="space-between">
            <Group gap="sm">
              <Text size="lg" fw={600} component="h2" m={0}>
                {t('households:name', { surnames: household.surnames })}
              </Text>
              <ConfirmedMark household={household} />
            </Group>
            <Link to="/households/$id" params={{ id: household.id }} size="sm">
              {t('households:open')}
            </Link>
          </Group>
          <HomeAddress address={household.address} />
          <HomeFigures household={household} />
          <Members household={household} me={customer.id} />
          <Group>{addButton}</Group>
        </Stack>
      ) : (
        <EmptyState icon={IconHomeHeart} title={t('households:none.title')} action={addButton}>
          {t('households:none.text')}
        </EmptyState>
      )}
      {nearby.length > 0 && (
        <Nearby
          nearby={nearby}
          busy={acts.putIn.isPending || acts.make.isPending}
          label={household ? t('households:act.add') : t('households:act.together')}
          onAdd={can('customer.write') ? add : undefined}
          mayJoin={(person) => household !== null || person.inHousehold === null}
        />
      )}
      {adding && (
        <PickCustomer
          opened
          kind="person"
          title={household ? t('households:putInTitle') : t('households:makeTitle', { name: customer.name })}
          action={t(household ? 'households:act.putIn' : 'households:act.make')}
          label={t('households:find')}
          without={[customer.id, ...(household?.members.map(({ id }) => id) ?? [])]}
          busy={acts.putIn.isPending || acts.make.isPending}
          onClose={() => setAdding(false)}
          onPick={add}
        />
      )}
    </Stack>
  );
}

interface NearbyProps {
  nearby: Answer['nearby'];
  busy: boolean;
  label: string;
  onAdd: ((id: string) => void) | undefined;
  mayJoin: (person: Answer['nearby'][number]) => boolean;
}

function Nearby({ nearby, busy, label, onAdd, mayJoin }: NearbyProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('households:nearby')}>
      <Text size="sm" fw={600} component="h2" m={0}>
        {t('households:nearby')}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {t('households:nearbyText')}
      </Text>
      <SimpleTable<Answer['nearby'][number]>
        caption={t('households:nearby')}
        rows={nearby}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'person',
            header: t('households:column.person'),
            cell: ({ id, name }) => (
              <Link to="/customers/$id" params={{ id }} search={{ tab: 'household' }} size="sm">
                {name}
              </Link>
            ),
          },
          {
            id: 'where',
            header: t('households:address'),
            cell: ({ sameDoor, inHousehold }) =>
              [t(sameDoor ? 'households:sameDoor' : 'households:sameBuilding'), inHousehold && t('households:inOther')]
                .filter(Boolean)
                .join(' · '),
          },
          {
            id: 'act',
            header: '',
            align: 'right' as const,
            cell: (person) =>
              onAdd &&
              mayJoin(person) && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  disabled={busy}
                  onClick={() => onAdd(person.id)}
                  aria-label={`${label}: ${person.name}`}
                >
                  {label}
                </Button>
              ),
          },
        ]}
      />
    </section>
  );
}
