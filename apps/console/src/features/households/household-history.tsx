import type { HouseholdChange } from '@vinculo/customer-file/api/households';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePage, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Stack, Text } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';

type Change = z.infer<typeof HouseholdChange>;

/** What people decided about the household and who came and went, newest first; decisions can be undone. */
export function HouseholdHistory({ id }: { id: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const changes = usePage<Change>(`/households/${id}/changes`);
  const undo = useSend<string>((change) => ({ path: `/household-changes/${change}/undo` }), { refreshes: ['/households', '/customers'] });
  if (changes.error) return <ErrorNote error={changes.error} retry={changes.retry} />;
  if (changes.loading) return <BlockSkeleton height={160} />;
  if (changes.rows.length === 0) return <Text size="sm">{t('households:noHistory')}</Text>;
  return (
    <Stack gap="xs">
      {changes.rows.map((change) => (
        <Group key={`${change.id} ${change.kind} ${change.changedAt}`} justify="space-between" wrap="nowrap" align="flex-start">
          <Text size="sm">
            {t(`households:change.${change.kind}`, { people: format.list(change.people.map(({ name }) => name)) })}{' '}
            <Text span size="sm" c="dimmed">
              {change.by ? t('households:by', { name: change.by }) : t('households:bySystem')} · {format.dateTime(change.changedAt)}
              {change.reason && ` · ${change.reason}`}
            </Text>
          </Text>
          {change.undone && (
            <Text size="xs" c="dimmed">
              {t('households:wasUndone')}
            </Text>
          )}
          {can('customer.write') && change.id && !change.undone && change.kind !== 'undone' && (
            <Button
              size="compact-xs"
              variant="subtle"
              loading={undo.isPending && undo.variables === change.id}
              onClick={() => undo.mutate(change.id!)}
            >
              {t('common:undo')}
            </Button>
          )}
        </Group>
      ))}
      {changes.more && (
        <Button variant="default" size="xs" loading={changes.fetchingMore} onClick={changes.fetchMore} style={{ alignSelf: 'flex-start' }}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
}
