import type { SegmentCount, SegmentRow } from '@vinculo/segments/api';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDots, IconFilter, IconPlus } from '../../ui/icons.ts';
import { ActionIcon, Badge, Group, Menu, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { NewList } from './new-list.tsx';
import type { SegmentsSearch } from './search.ts';
import { Sparkline } from './sparkline.tsx';

type Row = z.infer<typeof SegmentRow>;

/** Segments by rule, lists made by hand, mailing lists of people who are no customers. */
export default function Segments() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [words, change] = useWords<SegmentsSearch>();
  const { create, sort, ...filter } = words;
  // Whoever looks on sees a segment being counted come to its number.
  const rows = usePage<Row>('/segments', { ...filter, sort }, { every: 5_000 });
  const count = useGet<z.infer<typeof SegmentCount>>('/segments/count', filter, { keep: true });
  const write = can('segment.write');

  const columns: ListColumn<Row>[] = [
    {
      id: 'name',
      header: t('segments:column.name'),
      definition: t('segments:definition'),
      width: 260,
      sort: 'name',
      cell: (row) => row.name,
    },
    {
      id: 'kind',
      header: t('segments:column.kind'),
      width: 130,
      cell: (row) => (
        <Badge variant={row.kind === 'rule' ? 'light' : 'default'} tt="none" fw={500}>
          {t(`segments:kind.${row.kind}`)}
        </Badge>
      ),
    },
    {
      id: 'size',
      header: t('segments:column.size'),
      definition: t('segments:sizeDefinition'),
      width: 120,
      align: 'right',
      sort: '-size',
      cell: (row) =>
        row.size === null ? (
          <Text span size="sm" c="dimmed">
            {t('segments:counting')}
          </Text>
        ) : (
          format.number(row.size)
        ),
    },
    {
      id: 'trend',
      header: t('segments:column.trend'),
      width: 120,
      cell: (row) =>
        row.trend.length > 1 ? (
          <Sparkline
            values={row.trend}
            label={t('segments:trendLabel', { from: format.number(row.trend[0]!), to: format.number(row.trend.at(-1)!) })}
          />
        ) : null,
    },
    {
      id: 'moved',
      header: t('segments:column.moved'),
      width: 150,
      align: 'right',
      sort: '-moved',
      cell: (row) => (row.movedAt ? format.relative(row.movedAt) : t('segments:nobodyMoved')),
    },
    { id: 'author', header: t('segments:column.author'), width: 150, hidden: true, cell: (row) => row.authorName },
  ];

  return (
    <>
      <ListPage<Row>
        screen="segments"
        title={t('segments:title')}
        count={count.data}
        actions={write && <NewMenu onCreate={(kind) => change({ create: kind })} />}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowLink={(row) => ({ to: '/segments/$id', params: { id: row.id } })}
        words={{ ...filter, sort }}
        onWords={(next, options) => change(next as Partial<SegmentsSearch>, options)}
        searchPlaceholder={t('segments:searchPlaceholder')}
        filters={[
          {
            word: 'kind',
            label: t('segments:filter.kind'),
            options: (['rule', 'list', 'prospects'] as const).map((kind) => ({ value: kind, label: t(`segments:kind.${kind}`) })),
          },
          { word: 'archived', label: t('segments:filter.archived'), options: [{ value: 'yes', label: t('segments:archived.yes') }] },
        ]}
        empty={
          <EmptyState
            icon={IconFilter}
            title={t('segments:empty.title')}
            action={
              write && (
                <LinkButton to="/segments/new" leftSection={<IconPlus size={16} />}>
                  {t('segments:new')}
                </LinkButton>
              )
            }
          >
            {t('segments:empty.text')}
          </EmptyState>
        }
      />
      {write && create && <NewList kind={create} onClose={() => change({ create: undefined }, { replace: true })} />}
    </>
  );
}

function NewMenu({ onCreate }: { onCreate: (kind: 'list' | 'prospects') => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap">
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('segments:act.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onCreate('list')}>{t('segments:newList')}</Menu.Item>
          <Menu.Item onClick={() => onCreate('prospects')}>{t('segments:newProspects')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <LinkButton to="/segments/new" leftSection={<IconPlus size={16} />}>
        {t('segments:new')}
      </LinkButton>
    </Group>
  );
}
