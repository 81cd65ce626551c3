import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Badge, Group, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { KnownDevice } from '../events/schemas.ts';
import type { Customer } from './customer.tsx';

/** Browsers and apps of a customer: since when, what joined with them, and who else uses them. Nothing where there are none. */
export function Devices({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<{ items: KnownDevice[] }>(`/customers/${customer.id}/devices`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  const title = t('events:devices.title', { count: data.items.length });
  return (
    <section aria-label={title}>
      <Text size="sm" fw={600} component="h2" mb="xs">
        {title}
      </Text>
      <SimpleTable<KnownDevice>
        caption={title}
        rows={data.items}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'device',
            header: t('events:devices.device'),
            cell: ({ sourceLabel, anonymousId }) => (
              <span title={anonymousId}>
                {sourceLabel}{' '}
                <Text span size="xs" c="dimmed" ff="monospace">
                  {anonymousId.length > 12 ? `${anonymousId.slice(0, 12)}…` : anonymousId}
                </Text>
              </span>
            ),
          },
          {
            id: 'first',
            header: t('events:devices.first'),
            cell: ({ firstSeen }) => <span title={format.dateTime(firstSeen)}>{format.date(firstSeen)}</span>,
          },
          {
            id: 'last',
            header: t('events:devices.last'),
            cell: ({ lastSeen }) => <span title={format.dateTime(lastSeen)}>{format.relative(lastSeen)}</span>,
          },
          { id: 'events', header: t('events:devices.events'), align: 'right', cell: ({ events }) => format.number(events) },
          {
            id: 'joined',
            header: t('events:devices.joined'),
            definition: t('events:devices.joinedHelp'),
            align: 'right',
            cell: ({ own }) => format.number(own.reduce((all, { joined }) => all + joined, 0)),
          },
          { id: 'use', header: t('events:devices.use'), prose: true, cell: (device) => <Use device={device} /> },
        ]}
      />
    </section>
  );
}

/** Whether what nobody signs on it is this person's, and why not. */
function Use({ device }: { device: KnownDevice }) {
  const { t } = useTranslation();
  const others = device.others.filter(({ customerId }) => customerId !== null);
  const elsewhere = !device.shared && device.current !== null && !device.own.some(({ recordId }) => recordId === device.current);
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Badge variant={device.shared || elsewhere ? 'default' : 'light'} tt="none" fw={500}>
          {t(device.shared ? 'events:devices.shared' : elsewhere ? 'events:devices.now' : 'events:devices.own')}
        </Badge>
      </Group>
      <Text size="xs" c="dimmed">
        {device.shared
          ? t('events:devices.sharedWhy', { people: device.people, limit: device.limit })
          : elsewhere
            ? ''
            : t('events:devices.ownWhy')}
      </Text>
      {others.length > 0 && (
        <Text size="xs" component="div">
          {t('events:devices.others')}{' '}
          {others.slice(0, 5).map(({ recordId, customerId, customerName, key }, n) => (
            <span key={recordId}>
              {n > 0 && ', '}
              <Link to="/customers/$id" params={{ id: customerId! }} search={{ tab: 'identity' }} size="xs">
                {customerName || key}
              </Link>
            </span>
          ))}
          {others.length > 5 && ` +${others.length - 5}`}
        </Text>
      )}
    </Stack>
  );
}
