import { useTranslation } from 'react-i18next';
import { useCompany } from '../../app/company.ts';
import { useFormat } from '../../ui/format.ts';
import { IconAlertTriangle } from '../../ui/icons.ts';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { didWords, eventName } from './event-words.ts';
import type { Live } from './schemas.ts';

/** What an event is about, in a few words: a product, a page, what was searched. */
function useAbout() {
  const { t } = useTranslation();
  const format = useFormat();
  return (event: Live): string => {
    if (event.error) return t(`events:reason.${event.error.reason}.title`, { defaultValue: event.error.reason });
    const told = didWords(t, { ...event, products: event.products.map(({ name }) => name) });
    const amount = event.value === null ? '' : format.money({ amount: String(event.value), currency: event.currency || 'EUR' });
    const what = event.type === 'track' || event.type === 'page' || event.type === 'screen' ? told : t(`events:told.${event.type}`);
    return [what, amount, event.orderKey && t('events:order', { order: event.orderKey })].filter(Boolean).join(' · ');
  };
}

/** The customer an event belongs to, or why it is nobody's. */
export function Who({ event }: { event: Live }) {
  const { t } = useTranslation();
  if (event.rejected)
    return (
      <Text span size="sm" c="var(--v-worse)" style={{ whiteSpace: 'nowrap' }}>
        <IconAlertTriangle size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
        {t('events:rejectedMark')}
      </Text>
    );
  if (event.customer)
    return (
      <Link to="/customers/$id" params={{ id: event.customer.id }} size="sm" truncate>
        {event.customer.name}
      </Link>
    );
  return (
    <Text span size="sm" c="dimmed">
      {t(`events:whose.${event.whose}.short`)}
    </Text>
  );
}

export function useLiveColumns(): ListColumn<Live>[] {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const about = useAbout();
  const { timeZone } = useCompany();
  const clock = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone });
  return [
    {
      id: 'time',
      header: t('events:column.time'),
      width: 90,
      definition: t('events:definition.time'),
      cell: ({ receivedAt }) => (
        <time dateTime={receivedAt} title={format.dateTime(receivedAt)} style={{ fontVariantNumeric: 'tabular-nums' }}>
          {clock.format(new Date(receivedAt))}
        </time>
      ),
    },
    { id: 'source', header: t('events:column.source'), width: 130, cell: ({ sourceLabel }) => sourceLabel },
    {
      id: 'type',
      header: t('events:column.type'),
      width: 160,
      cell: ({ type, name }) => (type === 'track' ? eventName(t, name) : t(`events:type.${type}`, { defaultValue: type })),
    },
    { id: 'what', header: t('events:column.what'), width: 320, cell: about },
    {
      id: 'who',
      header: t('events:column.who'),
      width: 180,
      interactive: true,
      definition: t('events:definition.who'),
      cell: (event) => <Who event={event} />,
    },
    {
      id: 'occurred',
      header: t('events:column.occurred'),
      width: 150,
      align: 'right',
      hidden: true,
      definition: t('events:definition.occurred'),
      cell: ({ occurredAt }) => format.dateTime(occurredAt),
    },
    { id: 'path', header: t('events:column.path'), width: 160, hidden: true, cell: ({ path }) => path },
  ];
}
