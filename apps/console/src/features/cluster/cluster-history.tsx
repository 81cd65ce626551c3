import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Group, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { UndoChange } from '../customers/undo-change.tsx';
import type { Cluster } from './cluster.tsx';

/** Every change of who this is, newest first: each record with the customer it had and the one it got. */
export function ClusterHistory({ history }: { history: Cluster['history'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (history.length === 0) return <Text size="sm">{t('linkage:cluster.noHistory')}</Text>;
  const customer = ({ id, name }: { id: string; name: string }) => (
    <Link to="/customers/$id/cluster" params={{ id }} size="sm">
      {name || `#${id.slice(-6)}`}
    </Link>
  );
  return (
    <Stack gap="lg">
      {history.map((change) => {
        const title = `${t(`customers:timeline.identity.${change.kind}`, { count: change.moves.length + change.more })} · ${t('customers:timeline.by', { name: change.by })} · ${format.dateTime(change.changedAt)}`;
        return (
          <section key={change.id} aria-label={title}>
            <Group justify="space-between" align="flex-start" wrap="nowrap" mb={4}>
              <Text size="sm">
                {title}
                {change.reason && ` · ${change.reason}`}
              </Text>
              <UndoChange change={change} />
            </Group>
            <SimpleTable
              caption={title}
              rows={change.moves}
              rowId={({ record }) => record}
              columns={[
                { id: 'record', header: t('linkage:cluster.record'), cell: ({ record }) => record },
                { id: 'before', header: t('linkage:cluster.before'), cell: ({ from }) => customer(from) },
                { id: 'after', header: t('linkage:cluster.after'), cell: ({ to }) => customer(to) },
              ]}
            />
            {change.more > 0 && (
              <Text size="xs" c="dimmed">
                {t('linkage:cluster.moveMore', { shown: format.number(change.more) })}
              </Text>
            )}
          </section>
        );
      })}
    </Stack>
  );
}
