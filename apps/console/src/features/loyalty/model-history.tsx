import type { LoyaltyModelHistory } from '@vinculo/insight/api/loyalty';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Badge, Button, Group, Stack, Text } from '../../ui/kit.ts';
import { tellUndo } from '../../ui/tell.tsx';

type History = z.infer<typeof LoyaltyModelHistory>;

/** Every version, newest first; each can be brought back. */
export function ModelHistory({ history }: { history: History }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()('value.write');
  const refresh = useRefresh();
  const refreshes = ['/loyalty', '/customers'];
  const restore = useSend<number, History>((version) => ({ path: `/loyalty/model/versions/${version}/restore` }), {
    refreshes,
    onDone: () =>
      tellUndo(t('loyalty:weights.restored'), async () => {
        await call({ method: 'POST', path: `/loyalty/model/versions/${history.version}/restore` });
        await refresh(...refreshes);
      }),
  });
  if (history.versions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('loyalty:weights.historyEmpty')}
      </Text>
    );
  const rows = [...history.versions, { version: 0, note: '', restores: null, changedBy: '', changedAt: '' }];
  return (
    <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
      {rows.map(({ version, note, restores, changedBy, changedAt }) => (
        <li key={version}>
          <Group justify="space-between" wrap="nowrap" align="start">
            <div>
              <Text size="sm" fw={500} component="div">
                {version === 0 ? t('loyalty:weights.standardVersion') : t('loyalty:weights.version', { version })}{' '}
                {version === history.version && (
                  <Badge size="xs" variant="light">
                    {t('loyalty:weights.current')}
                  </Badge>
                )}
              </Text>
              {changedAt && (
                <Text size="xs" c="dimmed" title={format.dateTime(changedAt)}>
                  {t('loyalty:weights.by', { name: changedBy, when: format.relative(changedAt) })}
                </Text>
              )}
              {restores !== null && (
                <Text size="xs">
                  {restores === 0 ? t('loyalty:weights.restoresStandard') : t('loyalty:weights.restores', { version: restores })}
                </Text>
              )}
              {note && <Text size="xs">{note}</Text>}
            </div>
            {can && version !== history.version && (
              <Button
                size="compact-sm"
                variant="default"
                loading={restore.isPending && restore.variables === version}
                onClick={() => restore.mutate(version)}
              >
                {t('loyalty:weights.restore')}
              </Button>
            )}
          </Group>
        </li>
      ))}
    </Stack>
  );
}
