import type { Prospect, ProspectConverted } from '@vinculo/segments/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePage, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconPlus, IconSearch, IconX } from '../../ui/icons.ts';
import { ActionIcon, Button, Group, Stack, Text, TextInput, useDebouncedCallback } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { type SimpleColumn, SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { AddProspects } from './add-prospects.tsx';
import type { SegmentSearch } from './search.ts';
import type { Seg } from './segment.tsx';

type Row = z.infer<typeof Prospect>;

/** The people of a mailing list, who are no customers until somebody makes them so. */
export function Prospects({ segment }: { segment: Seg }) {
  const { t } = useTranslation();
  const can = useCan();
  const [words, change] = useWords<SegmentSearch>();
  const [typed, setTyped] = useState(words.search ?? '');
  const [adding, setAdding] = useState(false);
  const search = useDebouncedCallback((text: string) => change({ search: text || undefined }, { replace: true }), 200);
  const people = usePage<Row>(`/segments/${segment.id}/prospects`, { search: words.search });
  const refreshes = ['/segments', '/customers'];
  const convert = useSend<Row, z.infer<typeof ProspectConverted>>(({ id }) => ({ path: `/prospects/${id}/convert` }), {
    refreshes,
    onDone: ({ created }, { name }) => tell(t(created ? 'segments:prospects.made' : 'segments:prospects.found', { name })),
  });
  const remove = useSend<Row>(({ id }) => ({ method: 'DELETE', path: `/prospects/${id}` }), { refreshes });
  const write = can('segment.write') && !segment.archived;
  const columns: SimpleColumn<Row>[] = [
    { id: 'name', header: t('segments:prospects.name'), cell: (row) => row.name },
    { id: 'email', header: t('segments:prospects.email'), cell: (row) => row.email ?? '–' },
    { id: 'company', header: t('segments:prospects.company'), cell: (row) => row.company ?? '–' },
    { id: 'origin', header: t('segments:prospects.origin'), cell: (row) => row.origin },
    {
      id: 'consent',
      header: t('segments:prospects.consent'),
      cell: (row) => t(`segments:prospects.consent${row.consent === null ? 'Unknown' : row.consent ? 'Yes' : 'No'}`),
    },
    {
      id: 'state',
      header: t('segments:prospects.converted'),
      cell: (row) =>
        row.customerId ? (
          <Link to="/customers/$id" params={{ id: row.customerId }} size="sm">
            {t('segments:prospects.converted')}
          </Link>
        ) : write && can('customer.write') ? (
          <Button
            size="compact-xs"
            variant="light"
            aria-label={t('segments:prospects.convertOf', { name: row.name })}
            loading={convert.isPending && convert.variables.id === row.id}
            onClick={() => convert.mutate(row)}
          >
            {t('segments:prospects.convert')}
          </Button>
        ) : null,
    },
    ...(write
      ? [
          {
            id: 'remove',
            header: '',
            cell: (row: Row) => (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('segments:prospects.remove', { name: row.name })}
                onClick={() => remove.mutate(row)}
              >
                <IconX size={16} />
              </ActionIcon>
            ),
          },
        ]
      : []),
  ];
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <TextInput
          type="search"
          aria-label={t('segments:prospects.search')}
          placeholder={t('segments:prospects.search')}
          leftSection={<IconSearch size={16} />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            search(event.currentTarget.value.trim());
          }}
          w={280}
        />
        {write && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t('segments:act.addPeople')}
          </Button>
        )}
      </Group>
      {people.error ? (
        <ErrorNote error={people.error} retry={people.retry} />
      ) : people.loading ? (
        <RowSkeletons rows={6} />
      ) : people.rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('segments:prospects.empty')}
        </Text>
      ) : (
        <SimpleTable caption={t('segments:tab.people')} columns={columns} rows={people.rows} rowId={(row) => row.id} />
      )}
      {people.more && (
        <Button variant="default" size="xs" loading={people.fetchingMore} onClick={people.fetchMore} style={{ alignSelf: 'flex-start' }}>
          {t('common:more')}
        </Button>
      )}
      {adding && <AddProspects segment={segment} onClose={() => setAdding(false)} />}
    </Stack>
  );
}
