import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '../../ui/kit.ts';
import { differences } from './differences.ts';
import classes from './review.module.css';
import type { PairField } from './schemas.ts';

/** A value with what the other record does not have marked; letter by letter where both have something in common. */
export function Difference({ field, side, masked }: { field: PairField; side: 'a' | 'b'; masked: boolean }) {
  const { t } = useTranslation();
  const [own, other] = side === 'a' ? [field.valueA, field.valueB] : [field.valueB, field.valueA];
  if (own === '') return <span className={classes.none}>{t('review:missing')}</span>;
  if (other === '' || field.level === 'exact' || (own === other && !masked)) return own;
  const [stretches] = differences(own, other);
  const alike = stretches.reduce((sum, { text, same }) => sum + (same ? text.length : 0), 0);
  // Two values that only share letters by chance are different as a whole; a mask hides what differs.
  if (masked || field.level === 'different' || field.level === 'apart' || alike < own.length / 2) {
    return masked && field.level === null ? (
      own
    ) : (
      <mark className={classes.differs}>
        {own}
        <VisuallyHidden> ({t('review:alsoDiffers')})</VisuallyHidden>
      </mark>
    );
  }
  return stretches.map(({ text, same }, n) =>
    same ? (
      <span key={n}>{text}</span>
    ) : (
      <mark key={n} className={classes.letter}>
        {text}
      </mark>
    ),
  );
}
