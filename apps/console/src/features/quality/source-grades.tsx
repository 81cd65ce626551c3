import { useTranslation } from 'react-i18next';
import { ShareBar } from '../../ui/share-bar.tsx';
import { gradesOfSources, type QualityField } from './quality-figures.ts';
import classes from './quality.module.css';

/** The grade of each source, the worst first. */
export function SourceGrades({ fields }: { fields: readonly QualityField[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.sources} aria-label={t('quality:score.bySource')}>
      {gradesOfSources(fields).map(({ id, label, grade }) => (
        <li key={id}>
          <span>{label}</span>
          <ShareBar share={grade} />
        </li>
      ))}
    </ul>
  );
}
