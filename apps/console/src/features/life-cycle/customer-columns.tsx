import type { LifeCycleRow } from '@vinculo/insight/api/life-cycle';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../ui/format.ts';
import { StageMark } from '../../ui/group-mark.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';

export type Row = z.infer<typeof LifeCycleRow>;

/** What a list of this area says of each customer. */
export function useCustomerColumns(): ListColumn<Row>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const nothing = <span aria-label={t('common:unknown')}>–</span>;
  const day = (date: string) => format.date(`${date}T12:00:00Z`);
  return [
    { id: 'name', header: t('customers:column.name'), width: 240, cell: ({ name }) => name },
    {
      id: 'stage',
      header: t('lifecycle:column.stage'),
      definition: t('value:definition.stage'),
      width: 130,
      cell: ({ stage }) => <StageMark stage={stage} />,
    },
    { id: 'since', header: t('lifecycle:column.since'), width: 120, cell: ({ since }) => day(since) },
    { id: 'last', header: t('customers:column.lastPurchase'), width: 120, cell: ({ lastDay }) => (lastDay ? day(lastDay) : nothing) },
    {
      id: 'rhythm',
      header: t('lifecycle:column.rhythm'),
      definition: t('lifecycle:definition.ownRhythm'),
      width: 120,
      align: 'right',
      cell: ({ rhythmDays }) => (rhythmDays ? t('lifecycle:days', { count: Math.round(rhythmDays) }) : nothing),
    },
    {
      id: 'brought',
      header: t('lifecycle:brought'),
      definition: t('lifecycle:definition.brought'),
      width: 130,
      align: 'right',
      cell: ({ brought }) => format.moneyRound(brought),
    },
    {
      id: 'risk',
      header: t('lifecycle:risk.label'),
      definition: t('value:definition.churnRisk'),
      width: 100,
      align: 'right',
      cell: ({ stage, churnRisk }) => (stage === 'prospect' ? nothing : format.percent(churnRisk)),
    },
  ];
}
