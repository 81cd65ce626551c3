import type { Scenario, ScenarioBaseAnswer } from '@vinculo/insight/api/scenarios';
import { scenario } from '@vinculo/value';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useGet, useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { IconTrash } from '../../ui/icons.ts';
import { ActionIcon, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { type SimpleColumn, SimpleTable } from '../../ui/simple-table.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import { wordsOf } from './levers.tsx';

type Kept = z.infer<typeof Scenario>;

/** Scenarios under a name, side by side. */
export function Saved({ items }: { items: readonly Kept[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const refresh = useRefresh();
  const remove = useSend<Kept, object>(({ id }) => ({ method: 'DELETE', path: `/scenarios/${id}` }), {
    refreshes: ['/scenarios'],
    onDone: (_, kept) =>
      tellUndo(t('scenarios:deleted', { name: kept.name }), async () => {
        await call({ method: 'POST', path: `/scenarios/${kept.id}/restore` });
        await refresh('/scenarios');
      }),
  });
  if (items.length === 0) return <Text c="dimmed">{t('scenarios:none')}</Text>;
  const columns: SimpleColumn<Kept>[] = [
    {
      id: 'name',
      header: t('scenarios:name'),
      cell: (kept) => (
        <Link to="/value/scenarios" search={{ id: kept.id, segment: kept.segment ?? undefined, ...wordsOf(kept.levers) }}>
          {kept.name}
        </Link>
      ),
    },
    { id: 'whose', header: t('scenarios:whose'), cell: (kept) => kept.segmentName ?? t('scenarios:everybody') },
    { id: 'sales', header: t('scenarios:moreSales'), align: 'right', cell: (kept) => <Gain kept={kept} of="sales" /> },
    { id: 'net', header: t('scenarios:net'), align: 'right', cell: (kept) => <Gain kept={kept} of="net" /> },
    {
      id: 'changed',
      header: t('scenarios:changedAt'),
      cell: (kept) => t('scenarios:changedBy', { who: kept.changedBy, when: format.relative(kept.changedAt) }),
    },
    ...(can('value.write')
      ? [
          {
            id: 'remove',
            header: '',
            align: 'right' as const,
            cell: (kept: Kept) => (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('scenarios:delete', { name: kept.name })}
                onClick={() => remove.mutate(kept)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            ),
          },
        ]
      : []),
  ];
  return <SimpleTable caption={t('scenarios:saved')} columns={columns} rows={items} rowId={({ id }) => id} />;
}

/** Computed from what is expected now, not from what was when it was saved. */
function Gain({ kept, of }: { kept: Kept; of: 'sales' | 'net' }) {
  const format = useFormat();
  const { data } = useGet<z.infer<typeof ScenarioBaseAnswer>>('/scenarios/base', { segment: kept.segment ?? undefined });
  if (!data?.base) return '–';
  const amount = scenario(data.base, kept.levers).change[of];
  return `${amount > 0 ? '+' : ''}${format.moneyShort(amount, data.currency)}`;
}
