import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { useCan } from '../../app/session.ts';
import { useImportWords } from '../imports/import-words.ts';
import { lacking, type QualityField, worstFirst } from './quality-figures.ts';
import classes from './quality.module.css';

const SHOWN = 6;

/** What lowers the grade most, one sentence each, with how many records it is about. */
export function WorstFields({ fields }: { fields: readonly QualityField[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const words = useImportWords();
  const worst = worstFirst(fields).slice(0, SHOWN);
  if (worst.length === 0) return <Text size="sm">{t('quality:worst.none')}</Text>;
  return (
    <ol className={classes.worst}>
      {worst.map((cell) => {
        const wrong = cell.completeness > 0 && cell.validity < 1;
        const figures = { complete: format.percent(cell.completeness), invalid: format.percent(1 - cell.validity) };
        return (
          <li key={`${cell.sourceId} ${cell.field}`}>
            <span className={classes.count}>{format.number(lacking(cell))}</span>
            <span>
              <b>{words.field(cell.field)}</b> {t('quality:worst.in')}{' '}
              {can('customer.read') ? (
                <Link to="/customers" search={{ source: cell.sourceId }} underline="always">
                  {cell.sourceLabel}
                </Link>
              ) : (
                cell.sourceLabel
              )}
              <Text span size="sm" c="dimmed">
                {' · '}
                {cell.completeness === 0
                  ? t('quality:worst.absent')
                  : t(wrong ? 'quality:worst.both' : 'quality:worst.incomplete', figures)}
              </Text>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
