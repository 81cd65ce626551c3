import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '../../../ui/format.ts';
import { ActionIcon, Group, Text, Title } from '../../../ui/kit.ts';
import { IconAlertTriangle, IconArrowLeft, IconArrowRight } from '../../../ui/icons.ts';
import { RowSkeletons } from '../../../ui/skeletons.tsx';
import { useImportWords } from '../import-words.ts';
import type { PreviewRow } from '../schemas.ts';
import type { Wizard } from './use-wizard.ts';
import classes from './wizard.module.css';

/** At the right of step 3: one row as it would be taken in, changing with every choice. */
export function RowPreview({ wizard }: { wizard: Pick<Wizard, 'preview' | 'source' | 'mapped'> }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const { preview, source } = wizard;
  const rows = preview.data?.rows ?? [];
  const row = rows[Math.min(at, rows.length - 1)];
  if (preview.isPending && preview.fetchStatus !== 'idle') return <RowSkeletons rows={6} />;
  if (!row || !wizard.mapped) return <Text size="sm">{t('wizard:row.none')}</Text>;

  return (
    <div aria-busy={preview.isPlaceholderData}>
      <Group justify="space-between" wrap="nowrap" mb="sm">
        <Title order={2}>{t('wizard:row.title', { row: row.row })}</Title>
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="default" disabled={at === 0} onClick={() => setAt(at - 1)} aria-label={t('wizard:row.before')}>
            <IconArrowLeft size={16} />
          </ActionIcon>
          <ActionIcon variant="default" disabled={at >= rows.length - 1} onClick={() => setAt(at + 1)} aria-label={t('wizard:row.after')}>
            <IconArrowRight size={16} />
          </ActionIcon>
        </Group>
      </Group>
      <RowFields row={row} />
      {row.rejected && (
        <Text className={classes.problem} mt="sm">
          {t('wizard:check.rejected')}
        </Text>
      )}
      {source && (
        <Text size="xs" c="dimmed" mt="sm">
          {t('wizard:row.country', { name: source.label })}
        </Text>
      )}
    </div>
  );
}

/** Field by field: the value, what it was in the file where that differs, and what is wrong with it. */
export function RowFields({ row }: { row: PreviewRow }) {
  const words = useImportWords();
  return (
    <dl className={classes.row}>
      {row.cells
        .filter(({ raw, value, problem }) => raw !== '' || value !== '' || problem)
        .map((cell) => (
          <div key={cell.field} style={{ display: 'contents' }}>
            <dt>{words.field(cell.field)}</dt>
            <dd>
              <CellValue cell={cell} rejected={row.rejected} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

export function CellValue({ cell, rejected }: { cell: PreviewRow['cells'][number]; rejected: boolean }) {
  const { t } = useTranslation();
  const words = useImportWords();
  const format = useFormat();
  const raw = cell.raw.trim();
  const value = readable(cell.value, format);
  return (
    <>
      <span className={classes.value} title={value}>
        {value || (raw === '' ? '' : '–')}
      </span>
      {raw !== '' && raw !== value && (
        <span className={classes.raw} title={raw}>
          {t('wizard:check.was')} {raw}
        </span>
      )}
      {cell.problem && (
        <span className={rejected ? classes.problem : classes.remark}>
          <IconAlertTriangle size={12} aria-hidden style={{ verticalAlign: -2 }} /> {words.reason(cell.problem)}
        </span>
      )}
    </>
  );
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/;

/** Days and instants as people write them: only with the month in letters is it clear whether it was taken for the day. */
function readable(value: string, format: Format): string {
  if (DAY.test(value)) return format.date(`${value}T12:00:00Z`);
  return INSTANT.test(value) ? format.dateTime(`${value.slice(0, 19).replace(' ', 'T')}Z`) : value;
}
