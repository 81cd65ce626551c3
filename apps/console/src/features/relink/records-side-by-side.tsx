import type { RelinkSample } from '@vinculo/customer-file/api/relink';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Box } from '../../ui/kit.ts';
import classes from '../duplicates/duplicates.module.css';
import { useLinkageWords } from './use-linkage-words.ts';

interface SidesProps {
  sides: z.infer<typeof RelinkSample>['sides'];
  newCustomer: string;
}

const ORDER = [
  'given',
  'surname1',
  'surname2',
  'company',
  'national_id',
  'birth_date',
  'email',
  'mobile',
  'phone',
  'street',
  'postcode',
  'city',
];

/** The records of both customers in one table, a column each; what differs from the first that has it is marked. */
export function RecordsSideBySide({ sides, newCustomer }: SidesProps) {
  const { t } = useTranslation();
  const words = useLinkageWords();
  const records = sides.flatMap(({ name, records: own }) => own.map((record) => ({ ...record, customer: name || newCustomer })));
  const fields = ORDER.filter((field) => records.some(({ values }) => values[field]));
  return (
    <Box className={classes.scroll!} tabIndex={0} role="region" aria-label={t('linkage:change.open')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('linkage:health.field')}</th>
            {records.map(({ id, customer, sourceLabel, key }) => (
              <th key={id} scope="col">
                {customer}
                <br />
                {sourceLabel} {key}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const first = records.find(({ values }) => values[field])?.values[field];
            return (
              <tr key={field}>
                <th scope="row">{words.heading(field)}</th>
                {records.map(({ id, values }) => {
                  const value = values[field];
                  return (
                    <td key={id}>
                      {!value ? (
                        <span className={classes.none}>–</span>
                      ) : value === first ? (
                        value
                      ) : (
                        <mark className={classes.differs}>{value}</mark>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Box>
  );
}
