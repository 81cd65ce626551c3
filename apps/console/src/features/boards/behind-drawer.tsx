import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ApiError, call } from '../../api/client.ts';
import { useCompany } from '../../app/company.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconArrowLeft } from '../../ui/icons.ts';
import { Button, Drawer, Group, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { CardBody, type Pressed } from './card-body.tsx';
import { useNumbers } from './numbers.ts';
import { type CardView, type Filters, type People, useResults } from './use-boards.ts';

/** A number somebody wants to look behind. */
export interface Asked extends Pressed {
  card: CardView;
  filters: Filters;
  /** What was looked at before, one level up. */
  above?: Asked;
}

const PAGE = 50;

/** Who a number is made of, and the same number told apart by something else. */
export function BehindDrawer({ asked, onAsk, onClose }: { asked: Asked; onAsk: (asked: Asked) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency } = useCompany();
  const { card, filters, key, second } = asked;
  const body = { card, filters, ...(key === undefined ? {} : { key }), ...(second === undefined ? {} : { second }) };
  const people = useInfiniteQuery<People, ApiError, { pages: People[] }, readonly unknown[], number>({
    queryKey: ['/boards/behind', body],
    queryFn: ({ pageParam, signal }) =>
      call({ method: 'POST', path: '/boards/behind', body: { ...body, offset: pageParam, limit: PAGE }, signal }),
    initialPageParam: 0,
    getNextPageParam: (page, pages) => (page.more ? pages.length * PAGE : undefined),
  });
  const first = people.data?.pages[0];
  const numbers = useNumbers({ unit: first?.unit ?? 'count', currency });
  const title = card.title || t(`boards:measure.${card.measure ?? 'revenue'}`);
  const narrowed = narrow(asked);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={asked.part ? t('boards:behind.part', { title, part: asked.part }) : title}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        {asked.above && (
          <Group>
            <Button size="xs" variant="subtle" leftSection={<IconArrowLeft size={14} />} onClick={() => onAsk(asked.above!)}>
              {t('boards:behind.back')}
            </Button>
          </Group>
        )}
        {card.kind === 'bar' && asked.above && key === undefined && <OneLevelDown asked={asked} onAsk={onAsk} />}
        {narrowed && first && first.deeper.length > 0 && (
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              {t('boards:behind.deeper')}
            </Text>
            {first.deeper.map(({ dimension, label }) => (
              <Button
                key={dimension}
                size="xs"
                variant="default"
                onClick={() =>
                  onAsk({
                    card: { ...narrowed, kind: 'bar', dimension, id: card.id, comparison: { kind: 'none' }, top: 12, title: '' },
                    filters,
                    part: asked.part ?? '',
                    above: asked,
                  })
                }
              >
                {label}
              </Button>
            ))}
          </Group>
        )}
        {people.error && <ErrorNote error={people.error} retry={() => void people.refetch()} />}
        {!first && !people.error && <RowSkeletons rows={8} />}
        {first && (
          <>
            <Group justify="space-between">
              <Text fw={600}>{t('boards:behind.count', { count: first.count })}</Text>
              {first.list && (
                <LinkButton to="/customers" search={first.list} variant="subtle" size="xs">
                  {t('boards:behind.list')}
                </LinkButton>
              )}
            </Group>
            {first.count === 0 && <Text size="sm">{t('boards:behind.none')}</Text>}
            {first.count > 0 && (
              <SimpleTable
                caption={t('boards:behind.title')}
                columns={[
                  {
                    id: 'name',
                    header: t('boards:behind.name'),
                    cell: (row) => (
                      <Link to="/customers/$id" params={{ id: row.id }}>
                        {row.name}
                      </Link>
                    ),
                  },
                  { id: 'province', header: t('boards:behind.province'), cell: (row) => row.province },
                  { id: 'value', header: first.measure, align: 'right', cell: (row) => numbers.full(row.value) },
                ]}
                rows={people.data!.pages.flatMap(({ rows }) => rows)}
                rowId={({ id }) => id}
              />
            )}
            {people.hasNextPage && (
              <Button variant="default" loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
                {t('boards:behind.more')} ({format.number(first.count)})
              </Button>
            )}
          </>
        )}
      </Stack>
    </Drawer>
  );
}

/** The card of the part that was pressed, as filters, where filters can say it; its measure can then be told apart anew. */
function narrow({ card, key, second }: Asked): CardView | undefined {
  if (['rfm', 'cohort', 'funnel', 'question'].includes(card.kind)) return undefined;
  if (key === undefined) return card;
  const dimension = card.kind === 'map' ? 'province' : card.dimension;
  const by = (name: string | undefined, value: string): Filters | undefined => {
    if (name === 'segment') return { segment: value };
    const many = ['province', 'channel', 'source', 'store', 'category', 'rfm_group', 'tier', 'stage', 'loyalty', 'needs', 'decile', 'kind'];
    return name && many.includes(name) ? { [name]: [value === '' ? '?' : value] } : undefined;
  };
  const own = by(dimension, key);
  const other = second === undefined ? {} : by(card.second, second);
  return own && other ? { ...card, filters: { ...card.filters, ...own, ...other } } : undefined;
}

function OneLevelDown({ asked, onAsk }: { asked: Asked; onAsk: (asked: Asked) => void }) {
  const results = useResults([asked.card], asked.filters);
  const result = results.data?.cards[0];
  return result ? (
    <CardBody card={asked.card} result={result} onPress={(pressed) => onAsk({ ...asked, ...pressed, above: asked })} />
  ) : (
    <RowSkeletons rows={5} />
  );
}
