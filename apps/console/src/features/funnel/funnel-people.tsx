import type { Funnel, StuckRow } from '@vinculo/insight/api/funnel';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, usePage } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { StageMark } from '../../ui/group-mark.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import type { FunnelStuckSearch } from '../life-cycle/search.ts';
import { useStepName } from './step-name.ts';

type Row = z.infer<typeof StuckRow>;

/** Who stands at a step of the funnel and goes no further. */
export default function FunnelPeople() {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useStepName();
  const [words, change] = useWords<FunnelStuckSearch>();
  const step = words.step ?? 0;
  const { source, from, to } = words;
  const rows = usePage<Row>('/funnel/stuck', { ...words, step });
  const funnel = useGet<z.infer<typeof Funnel>>('/funnel', { source, from, to });
  const here = funnel.data?.definition.steps[step - 1];
  const count = step === 0 ? funnel.data?.before : funnel.data?.steps[step - 1]?.stuck;
  const day = (date: string) => format.date(`${date}T12:00:00Z`);
  const nothing = <span aria-label={t('common:unknown')}>–</span>;
  const columns: ListColumn<Row>[] = [
    { id: 'name', header: t('customers:column.name'), width: 260, cell: ({ name }) => name },
    {
      id: 'stage',
      header: t('lifecycle:column.stage'),
      definition: t('value:definition.stage'),
      width: 130,
      cell: ({ stage }) => (stage ? <StageMark stage={stage} /> : nothing),
    },
    { id: 'province', header: t('households:filter.province'), width: 140, cell: ({ province }) => province || nothing },
    {
      id: 'firstSeen',
      header: t('funnel:firstSeen'),
      width: 130,
      cell: ({ firstSeen }) => (firstSeen > '1970-01-02' ? day(firstSeen) : nothing),
    },
    { id: 'last', header: t('customers:column.lastPurchase'), width: 130, cell: ({ lastDay }) => (lastDay ? day(lastDay) : nothing) },
    {
      id: 'brought',
      header: t('lifecycle:brought'),
      definition: t('lifecycle:definition.brought'),
      width: 130,
      align: 'right',
      cell: ({ brought }) => format.moneyRound(brought),
    },
  ];
  return (
    <ListPage<Row>
      screen="funnel-people"
      title={here ? t('funnel:peopleAt', { step: nameOf(here) }) : t('funnel:peopleBefore')}
      count={count === undefined ? undefined : { count, exact: true }}
      actions={
        <LinkButton to="/life-cycle" search={{ tab: 'funnel', source, from, to }} variant="default">
          {t('funnel:title')}
        </LinkButton>
      }
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => ({ to: '/customers/$id', params: { id } })}
      words={words as Record<string, string | number | undefined>}
      onWords={(next, options) => change(next as Partial<FunnelStuckSearch>, options)}
      empty={<EmptyState title={t('funnel:nobody')}>{t('funnel:nobodyText')}</EmptyState>}
    />
  );
}
