import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Box, Text } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import classes from '../duplicates/duplicates.module.css';
import type { Merged } from './cluster.tsx';

/** The golden record two customers would have as one: each field of both, and the one that would stay. */
export function MergeResult({ into, from }: { into: string; from: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error } = useGet<Merged>(`/customers/${into}/merge-preview`, { with: from });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <RowSkeletons rows={5} />;
  return (
    <section aria-label={t('linkage:cluster.mergePreview')}>
      <Text size="sm" fw={600}>
        {t('linkage:cluster.mergePreview')}: {data.name}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t('linkage:cluster.mergeRecords', { shown: format.number(data.records) })}
      </Text>
      <Box className={classes.scroll!} tabIndex={0} role="region" aria-label={t('linkage:cluster.mergePreview')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('linkage:cluster.mergeField')}</th>
              <th scope="col">{t('linkage:cluster.mergeResult')}</th>
              <th scope="col">{t('linkage:cluster.mergeLeft')}</th>
              <th scope="col">{t('linkage:cluster.mergeRight')}</th>
            </tr>
          </thead>
          <tbody>
            {data.fields.map(({ field, value, left, right, sourceLabel }) => (
              <tr key={field}>
                <th scope="row">{t(`imports:field.${field}`, { defaultValue: t(`linkage:column.${field}`, { defaultValue: field }) })}</th>
                <td title={`${t('linkage:cluster.mergeSource')}: ${sourceLabel}`}>
                  <b>{value}</b>
                </td>
                <td>
                  {left === value ? left : left ? <mark className={classes.differs}>{left}</mark> : <span className={classes.none}>–</span>}
                </td>
                <td>
                  {right === value ? (
                    right
                  ) : right ? (
                    <mark className={classes.differs}>{right}</mark>
                  ) : (
                    <span className={classes.none}>–</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
    </section>
  );
}
