import { useTranslation } from 'react-i18next';
import { usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconPlus, IconShare } from '../../ui/icons.ts';
import { Button } from '../../ui/kit.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { NewWebhook } from './new-webhook.tsx';
import type { Webhook } from './schemas.ts';
import type { WebhooksSearch } from './search.ts';
import { StateBadge } from './state-badge.tsx';
import { WaySwitch } from './way-switch.tsx';

/** Other systems that are told what happens to customers. */
export default function Webhooks() {
  const { t } = useTranslation();
  const format = useFormat();
  const write = useCan()('connection.write');
  const [words, change] = useWords<WebhooksSearch>();
  const { create, ...filter } = words;
  const rows = usePage<Webhook>('/webhooks', filter, { every: 5_000 });
  const add = write && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => change({ create: 'yes' })}>
      {t('webhooks:out.new')}
    </Button>
  );
  return (
    <>
      <ListPage<Webhook>
        screen="webhooks"
        title={t('nav:webhooks')}
        actions={add}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowLink={({ id }) => ({ to: '/webhooks/$id', params: { id } })}
        words={filter}
        onWords={change as never}
        searchPlaceholder={t('webhooks:out.search')}
        filters={[
          {
            word: 'state',
            label: t('webhooks:column.state'),
            options: (['on', 'paused', 'failing', 'gone'] as const).map((state) => ({ value: state, label: t(`webhooks:state.${state}`) })),
          },
        ]}
        columns={[
          { id: 'name', header: t('webhooks:column.name'), width: 200, cell: ({ name }) => name },
          { id: 'url', header: t('webhooks:column.url'), width: 224, cell: ({ url }) => url },
          { id: 'state', header: t('webhooks:column.state'), width: 140, cell: ({ state }) => <StateBadge state={state} /> },
          {
            id: 'events',
            header: t('webhooks:column.events'),
            width: 110,
            align: 'right',
            cell: ({ events }) => format.number(events.length),
          },
          {
            id: 'deliveredToday',
            header: t('webhooks:column.delivered'),
            definition: t('webhooks:definition.delivered'),
            width: 120,
            align: 'right',
            cell: (row) => format.number(row.deliveredToday),
          },
          {
            id: 'waiting',
            header: t('webhooks:column.waiting'),
            width: 110,
            align: 'right',
            cell: ({ waiting }) => format.number(waiting),
          },
          {
            id: 'dead',
            header: t('webhooks:column.dead'),
            definition: t('webhooks:definition.dead'),
            width: 130,
            align: 'right',
            cell: ({ dead }) => format.number(dead),
          },
          {
            id: 'last',
            header: t('webhooks:column.last'),
            width: 140,
            align: 'right',
            cell: ({ lastAt }) => (lastAt ? format.relative(lastAt) : t('webhooks:never')),
          },
        ]}
        empty={
          <EmptyState icon={IconShare} title={t('webhooks:out.empty.title')} action={add}>
            {t('webhooks:out.empty.text')}
          </EmptyState>
        }
      >
        <WaySwitch way="out" />
      </ListPage>
      {write && create && <NewWebhook onClose={() => change({ create: undefined }, { replace: true })} />}
    </>
  );
}
