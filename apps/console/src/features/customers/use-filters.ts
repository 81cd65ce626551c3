import type { Source } from '@vinculo/customer-file/api/imports';
import type { ValueOverview } from '@vinculo/insight/api/value';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import type { ListFilter } from '../../ui/list/columns.ts';
import type { CustomersSearch } from './search.ts';

const GROUPS = ['champions', 'loyal', 'potential', 'new', 'promising', 'attention', 'at_risk', 'cant_lose', 'hibernating', 'lost'];
const TIERS = ['most_valuable', 'most_growable', 'ordinary', 'below_zero'];
const STAGES = ['new', 'active', 'growing', 'at_risk', 'inactive', 'lost', 'won_back'];
const LOYALTIES = ['premium', 'latent', 'inertia', 'convenience', 'price', 'incentive', 'monopoly', 'unknown'];
const ALIVE = ['likely', 'doubtful', 'unlikely'];
const QUINTILES = ['5', '4', '3', '2', '1'];
const BEST = ['1', '5', '10', '20'];

/** The filters of the list: those of worth for who may see it, the seldom ones under «Más filtros». */
export function useFilters(words: CustomersSearch): ListFilter[] {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const worth = can('value.read');
  const sources = useGet<{ items: z.infer<typeof Source>[] }>('/sources', {}, { enabled: can('source.read') });
  const provinces = useGet<{ items: { province: string; customers: number }[] }>('/customers/provinces');
  const channels = useGet<{ items: { channel: string; customers: number }[] }>('/customers/channels', {}, { staleTime: 60_000 });
  const segments = useGet<{ items: { id: string; name: string; kind: string }[] }>('/segments', { limit: 200 });
  const overview = useGet<z.infer<typeof ValueOverview>>('/value', {}, { enabled: worth, staleTime: 60_000 });

  const quintiles = (word: 'recency' | 'frequency' | 'monetary'): ListFilter => ({
    word,
    label: t(`customers:filter.${word}`),
    more: true,
    options: QUINTILES.map((quintile) => ({
      value: quintile,
      label: t('customers:quintile', { quintile, words: t(`value:map.${word}.${quintile}`) }),
    })),
  });
  const months = (word: 'bought' | 'lastPurchase'): ListFilter => ({
    word,
    label: t(`customers:filter.${word}`),
    more: true,
    options: [...new Set([...(overview.data?.byMonth ?? []).map(({ month }) => month).toReversed(), ...given(words[word])])].map(
      (month) => ({
        value: month,
        label: format.month(month),
      }),
    ),
  });
  const ofWorth: ListFilter[] = [
    { word: 'group', label: t('customers:column.group'), options: GROUPS.map((value) => ({ value, label: t(`value:group.${value}`) })) },
    {
      word: 'decile',
      label: t('customers:column.decile'),
      options: Array.from({ length: 10 }, (_, i) => ({ value: String(i + 1), label: t('shell:decile', { decile: i + 1 }) })),
    },
    { word: 'tier', label: t('customers:column.tier'), options: TIERS.map((value) => ({ value, label: t(`value:tier.${value}`) })) },
    { word: 'stage', label: t('customers:column.stage'), options: STAGES.map((value) => ({ value, label: t(`value:stage.${value}`) })) },
    {
      word: 'loyalty',
      label: t('customers:column.loyaltyType'),
      options: LOYALTIES.map((value) => ({ value, label: t(`value:loyalty.${value}`) })),
    },
    { word: 'alive', label: t('customers:filter.alive'), options: ALIVE.map((value) => ({ value, label: t(`customers:alive.${value}`) })) },
    {
      word: 'best',
      label: t('customers:filter.best'),
      more: true,
      options: [...new Set([...BEST, ...given(words.best)])].map((value) => ({
        value,
        label: format.percent(Number(value) / 100, 0),
      })),
    },
    quintiles('recency'),
    quintiles('frequency'),
    quintiles('monetary'),
  ];
  return [
    {
      word: 'kind',
      label: t('customers:filter.kind'),
      options: ['person', 'company'].map((value) => ({ value, label: t(`customers:kind.${value}`) })),
    },
    ...(worth ? ofWorth : []),
    {
      word: 'segment',
      label: t('customers:filter.segment'),
      options: (segments.data?.items ?? []).filter(({ kind }) => kind !== 'prospects').map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      word: 'source',
      label: t('customers:filter.source'),
      options: (sources.data?.items ?? []).map(({ id, label }) => ({ value: id, label })),
    },
    {
      word: 'province',
      label: t('customers:column.province'),
      options: (provinces.data?.items ?? []).map(({ province, customers }) => ({
        value: province,
        label: `${province} (${format.number(customers)})`,
      })),
    },
    {
      word: 'buyers',
      label: t('customers:filter.buyers'),
      options: ['yes', 'no'].map((value) => ({ value, label: t(`customers:buyers.${value}`) })),
    },
    {
      word: 'channel',
      label: t('customers:filter.channel'),
      options: (channels.data?.items ?? []).map(({ channel, customers }) => ({
        value: channel,
        label: `${t(`customers:channel.${channel}`, { defaultValue: channel })} (${format.number(customers)})`,
      })),
    },
    { word: 'duplicates', label: t('customers:filter.duplicates'), options: [{ value: 'yes', label: t('customers:severalRecords') }] },
    months('bought'),
    months('lastPurchase'),
  ].filter(({ options }) => options.length > 0);
}

const given = (word: string | number | undefined): string[] => (word === undefined ? [] : [String(word)]);
