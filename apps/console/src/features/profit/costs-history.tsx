import type { CostsVersion } from '@vinculo/insight/api/costs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useSend } from '../../api/queries.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Stack, Text } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { useTermWords } from './term-words.ts';

type Version = z.infer<typeof CostsVersion>;
type Change = Version['changes'][number];

/** Changes shown of each version before the rest is only counted. */
const SHOWN = 4;

/** Every change of the cost table, newest first; each version can be brought back. */
export function CostsHistory({ may }: { may: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const changeWords = useChangeWords();
  const { data, error, refetch } = useGet<{ items: Version[] }>('/costs/versions');
  const [restoring, setRestoring] = useState<number>();
  const restore = useSend<number, { version: number }>((version) => ({ path: `/costs/versions/${version}/restore` }), {
    refreshes: ['/costs', '/profit'],
    onDone: () => {
      setRestoring(undefined);
      tell(t('profit:costs.undone'));
    },
  });
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <RowSkeletons rows={3} />;
  if (data.items.length === 0) return <Text size="sm">{t('profit:history.none')}</Text>;
  const [newest] = data.items;
  return (
    <Stack gap="md" component="ul" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {data.items.map((one) => (
        <li key={one.version}>
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <div>
              <Text size="sm" fw={600}>
                {one.restores === null
                  ? t('profit:history.version', { version: one.version })
                  : t('profit:history.restored', { version: one.restores })}
              </Text>
              <Text size="xs" c="dimmed">
                {one.by} · {format.dateTime(one.at)}
                {one.note && ` · ${one.note}`}
              </Text>
              {one.changes.slice(0, SHOWN).map((change, n) => (
                <Text size="sm" key={n}>
                  {changeWords(change)}
                </Text>
              ))}
              {one.changes.length > SHOWN && (
                <Text size="sm" c="dimmed">
                  {t('profit:history.more', { count: one.changes.length - SHOWN })}
                </Text>
              )}
            </div>
            {may && (
              <Button
                size="xs"
                variant="default"
                style={{ flex: 'none' }}
                onClick={() => setRestoring(one === newest ? one.version - 1 : one.version)}
              >
                {t(one === newest ? 'profit:history.undo' : 'profit:history.restore')}
              </Button>
            )}
          </Group>
        </li>
      ))}
      <Confirm
        opened={restoring !== undefined}
        onClose={() => setRestoring(undefined)}
        title={t('profit:history.undo')}
        action={t('profit:costs.apply')}
        busy={restore.isPending}
        onConfirm={() => restore.mutate(restoring!)}
      >
        {restoring === 0 ? t('profit:history.confirmEmpty') : t('profit:history.confirm', { version: restoring })}
      </Confirm>
    </Stack>
  );
}

function useChangeWords(): (change: Change) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const { term } = useTermWords();
  return ({ of, kind, via, from, before, after }) => {
    const amount = (value: number) =>
      of !== 'term' ? format.percent(value, 1) : kind === 'discount' ? format.percent(value / 100, 1) : format.money(value);
    const name =
      of === 'company_margin'
        ? t('profit:history.companyMargin')
        : of === 'category_margin'
          ? t('profit:history.categoryMargin', { category: via })
          : term({ kind, via });
    const what = from ? t('profit:history.since', { what: name, month: format.month(from) }) : name;
    if (after === null) return t('profit:history.removed', { what, before: amount(before ?? 0) });
    if (before === null) return t('profit:history.set', { what, after: amount(after) });
    return t('profit:history.changed', { what, before: amount(before), after: amount(after) });
  };
}
