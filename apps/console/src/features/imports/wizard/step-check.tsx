import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Box, Stack, Switch, Text } from '../../../ui/kit.ts';
import { usePhone } from '../../../ui/screen-size.ts';
import { RowSkeletons } from '../../../ui/skeletons.tsx';
import { useImportWords } from '../import-words.ts';
import type { MappedColumn } from '../mapping.ts';
import type { PreviewRow } from '../schemas.ts';
import { CellValue, RowFields } from './row-preview.tsx';
import type { Wizard } from './use-wizard.ts';
import classes from './wizard.module.css';

/** Step 4: the first rows as they would be taken in, with what they were and what is wrong with them. */
export function StepCheck({ wizard }: { wizard: Pick<Wizard, 'preview' | 'columns'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const [onlyWrong, setOnlyWrong] = useState(false);
  const { preview, columns } = wizard;
  if (preview.error) return <ErrorNote error={preview.error} retry={() => void preview.refetch()} />;
  if (!preview.data) return <RowSkeletons rows={12} />;

  const { rows } = preview.data;
  const rejected = rows.filter((row) => row.rejected).length;
  const marked = rows.filter((row) => !row.rejected && hasProblem(row)).length;
  const shown = onlyWrong ? rows.filter(hasProblem) : rows;
  const said = [
    t('wizard:check.seen', { count: rows.length, shown: format.number(rows.length) }),
    rejected > 0 && t('wizard:check.willReject', { count: rejected, shown: format.number(rejected) }),
    marked > 0 && t('wizard:check.marked', { count: marked, shown: format.number(marked) }),
    rejected === 0 && marked === 0 && t('wizard:check.fine'),
  ].filter(Boolean);

  return (
    <Stack gap="md">
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, justifyContent: 'space-between' }}>
        <Text size="sm" role="status" style={{ flex: '1 1 320px' }}>
          {said.join(' ')}
        </Text>
        {rejected + marked > 0 && (
          <Switch
            size="xs"
            label={t('wizard:check.onlyWrong')}
            checked={onlyWrong}
            onChange={(event) => setOnlyWrong(event.currentTarget.checked)}
          />
        )}
      </div>
      {phone ? <Cards rows={shown} /> : <Rows rows={shown} columns={columns} />}
    </Stack>
  );
}

const hasProblem = (row: PreviewRow): boolean => row.rejected || row.cells.some(({ problem }) => problem !== null);

function Rows({ rows, columns }: { rows: readonly PreviewRow[]; columns: readonly MappedColumn[] }) {
  const { t } = useTranslation();
  const words = useImportWords();
  const fields = [...new Set(rows.flatMap(({ cells }) => cells.map(({ field }) => field)))];
  const columnOf = new Map(columns.map(({ field, column }) => [field, column]));
  return (
    <Box className={classes.checkScroll!} tabIndex={0} role="region" aria-label={t('wizard:step.check')}>
      <table className={classes.check}>
        <thead>
          <tr>
            <th scope="col">{t('wizard:check.row')}</th>
            {fields.map((field) => (
              <th key={field} scope="col">
                {words.field(field)}
                <span>{columnOf.get(field)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const cells = new Map(row.cells.map((cell) => [cell.field, cell]));
            return (
              <tr key={row.row} data-rejected={row.rejected || undefined}>
                <th scope="row">
                  {row.row}
                  {row.rejected && <span className={classes.problem}> {t('wizard:check.out')}</span>}
                </th>
                {fields.map((field) => {
                  const cell = cells.get(field);
                  return <td key={field}>{cell && <CellValue cell={cell} rejected={row.rejected} />}</td>;
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Box>
  );
}

function Cards({ rows }: { rows: readonly PreviewRow[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.cards} aria-label={t('wizard:step.check')}>
      {rows.map((row) => (
        <li key={row.row} className={classes.card} data-rejected={row.rejected || undefined}>
          <Text size="xs" c="dimmed" mb={4}>
            {t('wizard:row.title', { row: row.row })}
            {row.rejected && <span className={classes.problem}> {t('wizard:check.out')}</span>}
          </Text>
          <RowFields row={row} />
        </li>
      ))}
    </ul>
  );
}
