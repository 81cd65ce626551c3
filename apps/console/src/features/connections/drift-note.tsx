import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, List, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { tell } from '../../ui/tell.tsx';
import { Caution } from '../imports/caution.tsx';
import type { ConnectionDetail, Drift } from './schemas.ts';

/** How the columns differ from those the connection knows, in sentences. */
export function DriftSentences({ drift }: { drift: Drift }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = (names: string[]) => format.list(names.map((name) => `«${name}»`));
  const { vanished, changed, appeared } = drift;
  const said = [
    vanished.length > 0 && t('connections:drift.vanished', { count: vanished.length, columns: list(vanished) }),
    changed.length > 0 &&
      t('connections:drift.changed', {
        count: changed.length,
        columns: format.list(changed.map(({ column, from, to }) => `«${column}» (${from} → ${to})`)),
      }),
    appeared.length > 0 && t('connections:drift.appeared', { count: appeared.length, columns: list(appeared) }),
  ].filter((one) => one !== false);
  return (
    <List size="sm">
      {said.map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  );
}

/** The warning on the page of a connection, with what can be done about it. */
export function DriftNote({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()(['connection.write', 'import.run']);
  const { id, drift, columns } = connection;
  const accept = useSend<void, ConnectionDetail>(() => ({ path: `/connections/${id}/accept-drift` }), {
    refreshes: ['/connections'],
    onDone: () => tell(t('connections:drift.accepted')),
  });
  if (!drift) return null;
  const stops = drift.vanished.some((column) => columns[column]);
  return (
    <Caution title={t('connections:drift.title', { at: format.dateTime(drift.at) })} alert>
      <DriftSentences drift={drift} />
      <Text size="sm" mt="xs">
        {t(stops ? 'connections:drift.stops' : 'connections:drift.goesOn')}
      </Text>
      {can && (
        <Group mt="sm" gap="xs">
          <LinkButton size="xs" to="/connections/new" search={{ edit: id, step: 'what' }}>
            {t('connections:drift.review')}
          </LinkButton>
          <Button size="xs" variant="default" loading={accept.isPending} onClick={() => accept.mutate()}>
            {t('connections:drift.accept')}
          </Button>
        </Group>
      )}
    </Caution>
  );
}
