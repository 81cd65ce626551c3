import { useTranslation } from 'react-i18next';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { useLinkageWords } from '../relink/use-linkage-words.ts';
import { type Health, MUCH_DRIFT, SOME_DRIFT } from './verdict.ts';

/** Columns behind the fields of the model whose completeness says most. */
const COLUMN: Record<string, string> = { surnames: 'surname1', address: 'street' };

/** What has come since training: how much, whether it finds matches, and how far each field has moved. */
export function Drift({ health: { since } }: { health: Health }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useLinkageWords();
  if (!since) return <Text size="sm">{t('linkage:health.notMeasured')}</Text>;
  const filled = new Map(since.completeness.map((one) => [one.column, one]));
  const said = (psi: number | null) =>
    psi === null
      ? t('linkage:health.psiFew')
      : `${format.number(psi, 2)} · ${t(`linkage:health.level${psi > MUCH_DRIFT ? 2 : psi > SOME_DRIFT ? 1 : 0}`)}`;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="lg">
        <Figure label={t('linkage:health.newRecords')} value={format.number(since.newRecords)} />
        {since.linkedAfter !== null && (
          <Figure
            label={t('linkage:health.linkedAfter')}
            value={format.percent(since.linkedAfter, 1)}
            note={t('linkage:health.linkedWas', { share: format.percent(since.linkedBefore, 1) })}
          />
        )}
      </SimpleGrid>
      {since.drift.length === 0 ? (
        <Text size="sm">{t('linkage:health.driftNone')}</Text>
      ) : (
        <SimpleTable
          caption={t('linkage:health.drift')}
          rows={since.drift}
          rowId={({ field }) => field}
          columns={[
            { id: 'field', header: t('linkage:health.field'), cell: ({ field }) => words.field(field) },
            {
              id: 'psi',
              header: t('linkage:health.psi'),
              definition: t('linkage:health.psiHelp'),
              cell: ({ psi }) => (
                <Text span size="sm" c={psi !== null && psi > MUCH_DRIFT ? 'var(--v-worse)' : undefined}>
                  {said(psi)}
                </Text>
              ),
            },
            {
              id: 'then',
              header: `${t('linkage:health.filled')}: ${t('linkage:health.filledThen').toLowerCase()}`,
              align: 'right',
              cell: ({ field }) => share(field, 'before'),
            },
            {
              id: 'now',
              header: t('linkage:health.filledNow'),
              align: 'right',
              cell: ({ field }) => share(field, 'after'),
            },
          ]}
        />
      )}
      <Text size="xs" c="dimmed">
        {t('linkage:health.measured', { at: format.relative(since.at) })}
      </Text>
    </Stack>
  );

  function share(field: string, when: 'before' | 'after'): string {
    const one = filled.get(COLUMN[field] ?? field);
    return one ? format.percent(one[when], 0) : '–';
  }
}
