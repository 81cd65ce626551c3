import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { useLinkageWords } from '../relink/use-linkage-words.ts';
import type { Health } from './verdict.ts';

/** Where candidate pairs come from. */
export function Blocking({ blocking }: { blocking: NonNullable<Health['figures']>['blocking'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useLinkageWords();
  return (
    <SimpleTable
      caption={t('linkage:health.blocking')}
      rows={blocking}
      rowId={({ rule }) => rule}
      columns={[
        { id: 'rule', header: t('linkage:health.rule'), cell: ({ rule }) => words.blocking(rule) },
        { id: 'pairs', header: t('linkage:health.newPairs'), align: 'right', cell: ({ newPairs }) => format.number(newPairs) },
        { id: 'edges', header: t('linkage:health.newEdges'), align: 'right', cell: ({ newEdges }) => format.number(newEdges) },
        { id: 'dropped', header: t('linkage:health.dropped'), align: 'right', cell: ({ droppedPairs }) => format.number(droppedPairs) },
      ]}
    />
  );
}
