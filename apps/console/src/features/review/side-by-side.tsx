import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useRecordKey } from '../../app/record-key.ts';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { usePhone } from '../../ui/screen-size.ts';
import { Difference } from './difference.tsx';
import classes from './review.module.css';
import type { Pair, PairField } from './schemas.ts';
import { useReviewWords } from './use-review-words.ts';

/** Both records, field by field, with what differs marked and how alike each field is. */
export function SideBySide({ pair: read }: { pair: Pair }) {
  const { t } = useTranslation();
  const pair = { ...read, fields: read.fields.map((field) => asWritten(field, t)) };
  const phone = usePhone();
  const Shape = phone ? Stacked : Columns;
  return (
    <section aria-label={t('review:fields')}>
      <Shape pair={pair} />
      {!pair.customerB && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('review:oneCustomer', { name: pair.customerA.name })}
        </Text>
      )}
    </section>
  );
}

const RECORDS = ['a', 'b'] as const;

function Columns({ pair }: { pair: Pair }) {
  const { t } = useTranslation();
  const { field } = useReviewWords();
  return (
    <table className={classes.sides}>
      <thead>
        <tr>
          <th scope="col">
            <span className={classes.quiet}>{t('review:field')}</span>
          </th>
          {RECORDS.map((side) => (
            <th key={side} scope="col">
              <RecordHead pair={pair} side={side} />
            </th>
          ))}
          <th scope="col">
            <span className={classes.quiet}>{t('review:levels')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {pair.fields.map((row) => (
          <tr key={row.field}>
            <th scope="row">{field(row.field)}</th>
            {RECORDS.map((side) => (
              <td key={side}>
                <Difference field={row} side={side} masked={pair.masked} />
              </td>
            ))}
            <td>
              <Level field={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Stacked({ pair }: { pair: Pair }) {
  const { field } = useReviewWords();
  return (
    <div className={classes.stacked}>
      <div className={classes.heads}>
        {RECORDS.map((side) => (
          <div key={side}>
            <RecordHead pair={pair} side={side} />
          </div>
        ))}
      </div>
      {pair.fields.map((row) => (
        <div key={row.field} className={classes.stackedField}>
          <div className={classes.stackedHead}>
            <span>{field(row.field)}</span>
            <Level field={row} />
          </div>
          <div className={classes.heads}>
            {RECORDS.map((side) => (
              <div key={side}>
                <Difference field={row} side={side} masked={pair.masked} />
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** Where the record comes from, and the customer it is today. */
function RecordHead({ pair, side }: { pair: Pair; side: 'a' | 'b' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const record = pair[side];
  const keyWords = useRecordKey();
  const customer = side === 'b' ? (pair.customerB ?? pair.customerA) : pair.customerA;
  return (
    <>
      <div className={classes.source}>{record.sourceLabel}</div>
      <div className={classes.quiet}>{keyWords(record.key)}</div>
      <div className={classes.quiet}>
        <Link to="/customers/$id" params={{ id: customer.id }} search={{ tab: 'identity' }} size="xs">
          {t('review:customerOf', { name: customer.name, count: customer.records })}
        </Link>
        {customer.revenue !== null && customer.orders !== null && (
          <> · {t('review:worth', { revenue: format.moneyRound(customer.revenue), count: customer.orders })}</>
        )}
      </div>
    </>
  );
}

const LOOKS: Record<string, string | undefined> = { exact: classes.agrees, different: classes.disagrees, apart: classes.disagrees };

function Level({ field: { level } }: { field: PairField }) {
  const { t } = useTranslation();
  const words = useReviewWords();
  if (level === null) return <span className={classes.quiet}>{t('review:extra')}</span>;
  return (
    <span className={`${classes.level} ${level === 'missing' ? classes.lacks : (LOOKS[level] ?? classes.near)}`}>{words.level(level)}</span>
  );
}

const DATES = new Set(['birth_date', 'created_at']);

/** Dates as people write them, hidden parts still hidden; words instead of letters. */
function asWritten(field: PairField, t: TFunction): PairField {
  const written = (value: string) => {
    if (DATES.has(field.field)) return value.slice(0, 10).split('-').toReversed().join('/');
    return field.field === 'gender' && value ? t(`customers:gender.${value}`, { defaultValue: value }) : value;
  };
  return { ...field, valueA: written(field.valueA), valueB: written(field.valueB) };
}
