import { useTranslation } from 'react-i18next';
import { ShareBar } from '../../ui/share-bar.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { gradesOfSources, type QualityField } from './quality-figures.ts';

/** The grade of each source, the worst first. */
export function SourceGrades({ fields }: { fields: readonly QualityField[] }) {
  const { t } = useTranslation();
  return (
    <SimpleTable
      caption={t('quality:score.bySource')}
      rows={gradesOfSources(fields)}
      rowId={({ id }) => id}
      columns={[
        { id: 'source', header: t('quality:table.source'), cell: ({ label }) => label },
        { id: 'grade', header: t('quality:score.title'), align: 'right', cell: ({ grade }) => <ShareBar share={grade} /> },
      ]}
    />
  );
}
