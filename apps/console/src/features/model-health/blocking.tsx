import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Stack, Text } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { useLinkageWords } from '../relink/use-linkage-words.ts';
import type { Health } from './verdict.ts';

/** Where candidate pairs come from, and what is lost on the way. */
export function Blocking({ blocking, missed }: { blocking: NonNullable<Health['figures']>['blocking']; missed: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useLinkageWords();
  return (
    <Stack gap="sm">
      <SimpleTable
        caption={t('linkage:health.blocking')}
        rows={blocking}
        rowId={({ rule }) => rule}
        columns={[
          { id: 'rule', header: t('linkage:health.rule'), cell: ({ rule }) => words.blocking(rule) },
          { id: 'pairs', header: t('linkage:health.newPairs'), align: 'right', cell: ({ newPairs }) => format.number(newPairs) },
          { id: 'edges', header: t('linkage:health.newEdges'), align: 'right', cell: ({ newEdges }) => format.number(newEdges) },
          {
            id: 'only',
            header: t('linkage:health.onlyPairs'),
            align: 'right',
            cell: ({ onlyEdges }) => (onlyEdges === null ? '–' : format.number(onlyEdges)),
          },
          { id: 'dropped', header: t('linkage:health.dropped'), align: 'right', cell: ({ droppedPairs }) => format.number(droppedPairs) },
        ]}
      />
      {missed !== null && (
        <Text size="sm" c="dimmed">
          {t('linkage:health.missed', { share: format.percent(missed, 1) })}
        </Text>
      )}
    </Stack>
  );
}
