import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Drawer, List, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { CodeBlock } from './code-block.tsx';
import { didWords, eventName } from './event-words.ts';
import { Who } from './live-columns.tsx';
import { RejectedDrawer } from './rejected-drawer.tsx';
import type { Detail, Live } from './schemas.ts';

interface EventDrawerProps {
  id: string;
  /** As the list has it, where it still does. */
  listed: Live | undefined;
  onClose: () => void;
}

/** Ids of those taken in begin with when they came; a rejected one has the id of its error. */
const isTaken = (id: string) => /^\d+-/.test(id);

/** One event beside the list: what happened, whose it is and why, what became of it, and all that was kept. */
export function EventDrawer({ id, listed, onClose }: EventDrawerProps) {
  return isTaken(id) ? <TakenDrawer id={id} listed={listed} onClose={onClose} /> : <RejectedDrawer id={id} onClose={onClose} />;
}

function TakenDrawer({ id, listed, onClose }: EventDrawerProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<Detail>(`/events/${id}`, {}, { staleTime: 5_000 });
  const event = data ?? listed;
  const title = event
    ? event.type === 'track'
      ? eventName(t, event.name)
      : t(`events:type.${event.type}`, { defaultValue: event.type })
    : '';
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {error ? <ErrorNote error={error} retry={() => void refetch()} /> : data ? <Told event={data} /> : <BlockSkeleton height={320} />}
    </Drawer>
  );
}

function Told({ event }: { event: Detail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = didWords(t, { ...event, products: event.products.map(({ name }) => name) });
  const visit = ['track', 'page', 'screen'].includes(event.type);
  return (
    <Stack gap="lg">
      <Text size="sm">
        {[visit ? said : t(`events:told.${event.type}`), event.sourceLabel, format.dateTime(event.occurredAt)].filter(Boolean).join(' · ')}
      </Text>
      <Part title={t('events:detail.whose')}>
        <Who event={event} />
        <Text size="sm" c="dimmed">
          {t(`events:whose.${event.whose}.why`)}
        </Text>
      </Part>
      <Part title={t('events:detail.became')}>
        {event.facts.length === 0 ? (
          <Text size="sm">{t('events:detail.nothing')}</Text>
        ) : (
          <List size="sm">
            {event.facts.map((fact, n) => (
              <List.Item key={n}>
                {t(`events:fact.${fact.kind}`, {
                  count: fact.lines,
                  what: fact.what,
                  amount: fact.amount === null ? '' : format.money({ amount: String(fact.amount), currency: fact.currency || 'EUR' }),
                })}
              </List.Item>
            ))}
          </List>
        )}
      </Part>
      <Part title={t('events:detail.kept')}>
        <CodeBlock code={JSON.stringify(asJson(event), null, 2)} />
      </Part>
      <LinkButton to="/sources/$id/events" params={{ id: event.sourceId }} variant="default" style={{ alignSelf: 'flex-start' }}>
        {t('events:detail.toSource', { name: event.sourceLabel })}
      </LinkButton>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Text size="xs" c="dimmed" fw={600} component="h2" mb={4}>
        {title}
      </Text>
      {children}
    </section>
  );
}

/** What stands in columns of its own, and the rest as it came. */
function asJson(event: Detail): Record<string, unknown> {
  const { type, name, path, referrer, campaign, products, value, currency, orderKey, search, occurredAt, receivedAt, body } = event;
  const known = {
    type,
    ...(type === 'track' ? { event: name } : { name }),
    occurredAt,
    receivedAt,
    path,
    referrer,
    campaign,
    search,
    orderKey,
    value,
    currency,
    products: products.map(({ key }) => key),
  };
  const told = Object.entries(known).filter(([, one]) => one !== '' && one !== null && !(Array.isArray(one) && one.length === 0));
  return { ...Object.fromEntries(told), ...(['identify', 'group', 'alias'].includes(type) ? { traits: body } : { properties: body }) };
}
