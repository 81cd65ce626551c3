import { useTranslation } from 'react-i18next';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { Change } from './change.tsx';
import { useLinkageWords } from './use-linkage-words.ts';

/** The change in numbers: customers, who joins and parts, what is expected of it, by source. */
export function ChangeEffect({ preview, done }: { preview: NonNullable<Change['preview']>; done: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useLinkageWords();
  const { before, after } = preview;
  const share = (value: number) => format.percent(value, 1);
  const was = (value: number | null, said = share) => (value === null ? undefined : t('linkage:change.was', { value: said(value) }));
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg">
        <Figure
          label={t('linkage:change.customers')}
          value={format.number(preview.customersAfter)}
          note={
            done
              ? t('linkage:change.was', { value: format.number(preview.customersBefore) })
              : t('linkage:change.customersNote', { before: format.number(preview.customersBefore) })
          }
        />
        <Figure label={t('linkage:change.joins')} definition={t('linkage:change.joinsHelp')} value={format.number(preview.joins)} />
        <Figure label={t('linkage:change.parts')} definition={t('linkage:change.partsHelp')} value={format.number(preview.parts)} />
        <Figure label={t('linkage:change.moves')} value={format.number(preview.moves)} />
        {after.threshold !== null && (
          <Figure
            label={t('linkage:change.threshold')}
            value={words.threshold(after.threshold)}
            note={was(before.threshold, words.threshold)}
          />
        )}
        {after.precision !== null && (
          <Figure
            label={t('linkage:change.precision')}
            definition={t('duplicates:definition.precision')}
            value={format.percent(after.precision, 1)}
            note={was(before.precision)}
          />
        )}
        {after.recall !== null && (
          <Figure
            label={t('linkage:change.recall')}
            definition={t('duplicates:definition.recall')}
            value={format.percent(after.recall, 1)}
            note={was(before.recall)}
          />
        )}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t('linkage:change.estimate')} {preview.trained && t('linkage:change.trained')}
      </Text>
      {preview.moves === 0 ? (
        <Text size="sm">{t('linkage:change.none')}</Text>
      ) : (
        <SimpleTable
          caption={t('linkage:change.sources')}
          rows={preview.sources}
          rowId={({ sourceId }) => sourceId}
          columns={[
            { id: 'source', header: t('linkage:change.source'), cell: ({ sourceLabel }) => sourceLabel },
            { id: 'joined', header: t('linkage:change.joined'), align: 'right', cell: ({ joined }) => format.number(joined) },
            { id: 'parted', header: t('linkage:change.parted'), align: 'right', cell: ({ parted }) => format.number(parted) },
          ]}
        />
      )}
    </Stack>
  );
}
