import { useTranslation } from 'react-i18next';
import { usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconInbox, IconPlus } from '../../ui/icons.ts';
import { Button } from '../../ui/kit.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { NewHook } from './new-hook.tsx';
import type { Hook } from './schemas.ts';
import type { HooksSearch } from './search.ts';
import { StateBadge } from './state-badge.tsx';
import { WaySwitch } from './way-switch.tsx';

/** Addresses at which other systems tell of customers, orders and contacts. */
export default function Hooks() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [words, change] = useWords<HooksSearch>();
  const { create, ...filter } = words;
  const rows = usePage<Hook>('/hooks', filter, { every: 5_000 });
  const write = can(['connection.write', 'source.read']);
  const add = write && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => change({ create: 'yes' })}>
      {t('webhooks:in.new')}
    </Button>
  );
  return (
    <>
      <ListPage<Hook>
        screen="hooks"
        title={t('webhooks:in.title')}
        actions={add}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowLink={({ id }) => ({ to: '/hooks/$id', params: { id } })}
        words={filter}
        onWords={change as never}
        searchPlaceholder={t('webhooks:in.search')}
        filters={[
          {
            word: 'state',
            label: t('webhooks:column.state'),
            options: (['on', 'paused'] as const).map((state) => ({ value: state, label: t(`webhooks:state.${state}`) })),
          },
        ]}
        columns={[
          { id: 'name', header: t('webhooks:column.name'), width: 180, cell: ({ name }) => name },
          { id: 'source', header: t('webhooks:column.source'), width: 180, cell: ({ sourceLabel }) => sourceLabel },
          { id: 'verify', header: t('webhooks:column.verify'), width: 180, cell: ({ verify }) => t(`webhooks:verify.${verify.kind}`) },
          { id: 'state', header: t('webhooks:column.state'), width: 130, cell: ({ state }) => <StateBadge state={state} /> },
          { id: 'today', header: t('webhooks:column.today'), width: 130, align: 'right', cell: (row) => format.number(row.receivedToday) },
          {
            id: 'waiting',
            header: t('webhooks:column.waiting'),
            width: 110,
            align: 'right',
            cell: ({ waiting }) => format.number(waiting),
          },
          {
            id: 'rejected',
            header: t('webhooks:column.rejected'),
            width: 130,
            align: 'right',
            cell: ({ rejected }) => format.number(rejected),
          },
          {
            id: 'last',
            header: t('webhooks:column.lastIn'),
            width: 140,
            align: 'right',
            cell: ({ lastAt }) => (lastAt ? format.relative(lastAt) : t('webhooks:never')),
          },
        ]}
        empty={
          <EmptyState icon={IconInbox} title={t('webhooks:in.empty.title')} action={add}>
            {t('webhooks:in.empty.text')}
          </EmptyState>
        }
      >
        <WaySwitch way="in" />
      </ListPage>
      {write && create && <NewHook onClose={() => change({ create: undefined }, { replace: true })} />}
    </>
  );
}
