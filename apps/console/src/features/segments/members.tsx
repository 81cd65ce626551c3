import type { CustomerRow } from '@vinculo/customer-file/api/customers';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePage, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconPlus, IconX } from '../../ui/icons.ts';
import { ActionIcon, Button, Group, Select, Stack, Text, Tooltip } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type SimpleColumn, SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { AddToList } from './add-to-list.tsx';
import type { SegmentSearch } from './search.ts';
import type { Seg } from './segment.tsx';
import { WhyMembership } from './why-membership.tsx';

type Row = z.infer<typeof CustomerRow>;

/** The customers of a segment or list, each with why. */
export function Members({ segment }: { segment: Seg }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [words, change] = useWords<SegmentSearch>();
  const [adding, setAdding] = useState(false);
  const path = `/segments/${segment.id}/customers`;
  const sort = words.sort ?? 'name';
  const members = usePage<Row>(path, { sort }, { every: 10_000, version: `${segment.countedAt} ${segment.size}` });
  const remove = useSend<string>((customer) => ({ path: `/segments/${segment.id}/removals`, body: { customers: [customer] } }), {
    refreshes: ['/segments'],
    onDone: () => tell(t('segments:members.removed', { count: 1 })),
  });
  const list = segment.kind === 'list' && can('segment.write') && !segment.archived;
  const worth = can('value.read');
  const columns: SimpleColumn<Row>[] = [
    {
      id: 'name',
      header: t('customers:column.name'),
      cell: (row) => (
        <Link to="/customers/$id" params={{ id: row.id }} size="sm">
          {row.name}
        </Link>
      ),
    },
    { id: 'city', header: t('customers:column.city'), cell: (row) => row.city ?? '–' },
    ...(worth
      ? [
          {
            id: 'revenue',
            header: t('customers:column.revenue'),
            definition: t('value:definition.revenue'),
            align: 'right' as const,
            cell: (row: Row) => (row.score?.revenue == null ? '–' : format.moneyRound(row.score.revenue)),
          },
        ]
      : []),
    {
      id: 'last',
      header: t('segments:members.lastPurchase'),
      align: 'right',
      cell: (row) => (row.score ? format.date(row.score.lastPurchaseAt) : '–'),
    },
    { id: 'why', header: t('common:why'), cell: (row) => <WhyMembership segment={segment} customer={row} /> },
    ...(list
      ? [
          {
            id: 'remove',
            header: '',
            cell: (row: Row) => (
              <Tooltip label={t('segments:members.remove')}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('segments:members.removeOf', { name: row.name })}
                  loading={remove.isPending && remove.variables === row.id}
                  onClick={() => remove.mutate(row.id)}
                >
                  <IconX size={16} />
                </ActionIcon>
              </Tooltip>
            ),
          },
        ]
      : []),
  ];
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Select
          aria-label={t('segments:members.sort')}
          data={(['name', ...(worth ? ['-revenue'] : []), '-last_purchase'] as const).map((one) => ({
            value: one,
            label: t(`segments:members.${one}`),
          }))}
          value={sort}
          allowDeselect={false}
          onChange={(next) => next && change({ sort: next as 'name' })}
          w={180}
        />
        <Group gap="xs">
          <LinkButton to="/customers" search={{ segment: segment.id }} variant="default">
            {t('segments:members.inList')}
          </LinkButton>
          {list && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
              {t('segments:act.add')}
            </Button>
          )}
        </Group>
      </Group>
      {members.error ? (
        <ErrorNote error={members.error} retry={members.retry} />
      ) : members.loading || (members.stale && members.rows.length === 0) ? (
        <RowSkeletons rows={8} />
      ) : members.rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(segment.size === null ? 'segments:counting' : 'segments:members.empty')}
        </Text>
      ) : (
        <SimpleTable caption={t('segments:tab.members')} columns={columns} rows={members.rows} rowId={(row) => row.id} />
      )}
      {members.more && (
        <Button variant="default" size="xs" loading={members.fetchingMore} onClick={members.fetchMore} style={{ alignSelf: 'flex-start' }}>
          {t('common:more')}
        </Button>
      )}
      {adding && <AddToList segment={segment} onClose={() => setAdding(false)} />}
    </Stack>
  );
}
