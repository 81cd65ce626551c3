import type { EnteredCustomer, NewCustomer } from '@vinculo/customer-file/api/live';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Grid, Group, SegmentedControl, Stack } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { tell } from '../../ui/tell.tsx';
import { Candidates, useCandidates } from './candidates.tsx';
import { boxesOf, type Entry, EntryFields } from './entry-fields.tsx';
import { useGo } from '../../ui/link.tsx';

type Kind = 'person' | 'company';

/** A customer typed by hand, and beside it whoever it may already be. */
export default function NewCustomerScreen() {
  const { t } = useTranslation();
  const go = useGo();
  const [kind, setKind] = useState<Kind>('person');
  const [entry, setEntry] = useState<Entry>({});
  const [error, setError] = useState<ApiError>();
  const shown = Object.fromEntries(boxesOf(kind).flatMap((field) => (entry[field]?.trim() ? [[field, entry[field].trim()]] : []))) as Entry;
  const found = useCandidates(kind, shown);
  const save = useSend<z.input<typeof NewCustomer>, z.infer<typeof EnteredCustomer>>((body) => ({ path: '/customers', body }), {
    refreshes: ['/customers'],
    onError: setError,
    onDone: ({ customerId, created }) => {
      tell(t(created ? 'customers:entry.created' : 'customers:entry.known'));
      void go({ to: '/customers/$id', params: { id: customerId }, search: { tab: 'data' } });
    },
  });
  return (
    <Page title={t('customers:entry.new')}>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 8 }} order={{ base: 2, md: 1 }}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setError(undefined);
              save.mutate({ ...shown, kind });
            }}
          >
            <Stack gap="lg">
              <SegmentedControl
                aria-label={t('imports:field.kind')}
                value={kind}
                onChange={(next) => setKind(next as Kind)}
                data={(['person', 'company'] as const).map((value) => ({ value, label: t(`customers:kind.${value}`) }))}
                style={{ alignSelf: 'flex-start' }}
              />
              <ErrorNote error={error} />
              <EntryFields
                kind={kind}
                values={entry}
                errors={error?.fields}
                onChange={(field, value) => setEntry((before) => ({ ...before, [field]: value }))}
              />
              <Group justify="flex-end">
                <LinkButton to="/customers" variant="default">
                  {t('common:cancel')}
                </LinkButton>
                <Button type="submit" loading={save.isPending} disabled={Object.keys(shown).length === 0}>
                  {t('customers:entry.create')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Grid.Col>
        {/* On a telephone whoever is found comes first, where one sees it while typing. */}
        <Grid.Col span={{ base: 12, md: 4 }} order={{ base: found.length > 0 ? 1 : 3, md: 2 }}>
          <Candidates found={found} />
        </Grid.Col>
      </Grid>
    </Page>
  );
}
