import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { readPattern, useReviewWords } from './use-review-words.ts';

/** «Coincide: nombre y apellidos. Distinto: correo.» */
export function PatternWords({ pattern, brief }: { pattern: string; brief?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useReviewWords();
  const read = readPattern(pattern);
  const said = (fields: string[]) => format.list(fields.map((field) => words.field(field).toLowerCase()));
  return (
    <>
      {read.agree.length > 0 && `${t('review:patterns.agree', { fields: said(read.agree) })} `}
      {read.near.length > 0 && `${t('review:patterns.near', { fields: said(read.near) })} `}
      {read.differ.length > 0 && `${t('review:patterns.differ', { fields: said(read.differ) })} `}
      {!brief && read.lack.length > 0 && t('review:patterns.lack', { fields: said(read.lack) })}
    </>
  );
}
