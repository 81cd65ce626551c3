import type { Household } from '@vinculo/customer-file/api/households';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconCheck, IconHistory, IconUserPlus, IconUsers } from '../../ui/icons.ts';
import { Alert, Button, Group, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordPage } from '../../ui/record-page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { ConfirmedMark, HomeAddress, HomeFigures } from './household-facts.tsx';
import { HouseholdHistory } from './household-history.tsx';
import { Members } from './members.tsx';
import { PickCustomer } from './pick-customer.tsx';
import type { HouseholdSearch } from './search.ts';
import { useHouseholdActs } from './use-household-acts.ts';

type Home = z.infer<typeof Household>;

export default function HouseholdScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const [words, change] = useWords<HouseholdSearch>();
  const { data: household, error, refetch } = useGet<Home>(`/households/${id}`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!household) {
    return (
      <Page title="">
        <BlockSkeleton height={480} />
      </Page>
    );
  }
  return (
    <RecordPage
      title={t('households:name', { surnames: household.surnames })}
      summary={<Summary household={household} />}
      tabs={[
        { id: 'members', label: t('households:tab.members'), icon: IconUsers, content: () => <People household={household} /> },
        { id: 'history', label: t('households:tab.history'), icon: IconHistory, content: () => <HouseholdHistory id={household.id} /> },
      ]}
      tab={words.tab ?? 'members'}
      onTab={(tab) => change({ tab })}
    />
  );
}

function Summary({ household }: { household: Home }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const { confirm } = useHouseholdActs();
  return (
    <Stack gap="md">
      <ConfirmedMark household={household} />
      <HomeAddress address={household.address} />
      {household.members.length > 0 && <HomeFigures household={household} />}
      {can('customer.write') && !household.confirmed && household.members.length > 0 && (
        <Button
          variant="default"
          leftSection={<IconCheck size={16} />}
          loading={confirm.isPending}
          onClick={() => confirm.mutate(household.id)}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('households:act.confirm')}
        </Button>
      )}
      <Text size="xs" c="dimmed">
        {t('households:since', { date: format.date(household.firstSeen) })} {t('households:why.never')}
        {!can('customer.read_personal') && ` ${t('households:masked')}`}
      </Text>
    </Stack>
  );
}

function People({ household }: { household: Home }) {
  const { t } = useTranslation();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const { putIn } = useHouseholdActs(() => setAdding(false));
  if (household.members.length === 0) {
    return (
      <Alert variant="light">
        {t('households:dissolved')}{' '}
        {household.became && (
          <Link to="/households/$id" params={{ id: household.became }} size="sm">
            {t('households:became')}
          </Link>
        )}
      </Alert>
    );
  }
  return (
    <Stack gap="md">
      <Members household={household} />
      {can('customer.write') && (
        <Group>
          <Button variant="default" size="xs" leftSection={<IconUserPlus size={14} />} onClick={() => setAdding(true)}>
            {t('households:act.putIn')}
          </Button>
        </Group>
      )}
      {adding && (
        <PickCustomer
          opened
          kind="person"
          title={t('households:putInTitle')}
          action={t('households:act.putIn')}
          label={t('households:find')}
          without={household.members.map(({ id }) => id)}
          busy={putIn.isPending}
          onClose={() => setAdding(false)}
          onPick={(customerId) => putIn.mutate({ household: household.id, customerId })}
        />
      )}
    </Stack>
  );
}
