import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { useFormat } from '../../../ui/format.ts';
import { List, Select, Stack, Switch, Text } from '../../../ui/kit.ts';
import { Caution } from '../caution.tsx';
import { useImportWords } from '../import-words.ts';
import { fieldsOf, type MappedColumn } from '../mapping.ts';
import type { MappingWizard } from './use-wizard.ts';
import classes from './wizard.module.css';

const IGNORED = '-';

/** Where what stands in the way is said: focused by who tries to go on. */
export const MAPPING_TOP = 'mapping-top';

/** Step 3: what each column means: proposed, remembered or chosen. */
export function StepColumns({ wizard }: { wizard: MappingWizard }) {
  const { t } = useTranslation();
  const [onlyOpen, setOnlyOpen] = useState(false);
  const { columns, kind, preview, missing } = wizard;
  if (!kind) return null;
  const taken = columns.filter(({ field }) => field !== null).length;
  const shown = onlyOpen ? columns.filter(({ field, clashes }) => field === null || clashes) : columns;

  return (
    <Stack gap="md">
      <div id={MAPPING_TOP} tabIndex={-1} style={{ outline: 'none', scrollMarginTop: 64 }}>
        <ErrorNote error={missing.length === 0 ? preview.error : null} retry={() => void preview.refetch()} />
        <Missing wizard={wizard} />
      </div>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, justifyContent: 'space-between' }}>
        <Text size="sm" role="status">
          {t('wizard:mapping.taken', { count: taken, total: columns.length })}
          {columns.some(({ by }) => by === 'memory') && ` ${t('wizard:mapping.remembered', { name: wizard.source?.label })}`}
        </Text>
        {taken < columns.length && (
          <Switch
            size="xs"
            label={t('wizard:mapping.onlyOpen')}
            checked={onlyOpen}
            onChange={(event) => setOnlyOpen(event.currentTarget.checked)}
          />
        )}
      </div>
      <ul className={classes.columns} aria-label={t('wizard:step.columns')}>
        {shown.map((column) => (
          <ColumnRow key={column.column} column={column} wizard={wizard} />
        ))}
        {shown.length === 0 && (
          <li className={classes.column}>
            <Text size="sm">{t('wizard:mapping.noneOpen')}</Text>
          </li>
        )}
      </ul>
    </Stack>
  );
}

/** What stands in the way of going on, said once and together. */
function Missing({ wizard }: { wizard: MappingWizard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useImportWords();
  const { missing, clashing, mapped, columns } = wizard;
  const twice = [...new Set(columns.filter(({ clashes }) => clashes).map(({ field }) => words.field(field!)))];
  const wrong = [
    ...(mapped ? [] : [t('wizard:mapping.nothing')]),
    ...missing.map((field) => t(field === 'key' ? 'wizard:mapping.missingKey' : 'wizard:mapping.missing', { field: words.field(field) })),
    ...(clashing ? [t('wizard:mapping.twice', { fields: format.list(twice) })] : []),
  ];
  if (wrong.length === 0) return null;
  return (
    <Caution title={t('wizard:mapping.wrong')} alert>
      <List size="sm">
        {wrong.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    </Caution>
  );
}

function ColumnRow({ column, wizard }: { column: MappedColumn; wizard: MappingWizard }) {
  const { t } = useTranslation();
  const words = useImportWords();
  const option = (field: string) => ({ value: field, label: words.field(field) });
  const rest = fieldsOf(wizard.kind!, wizard.fields)
    .filter((field) => !column.likely.includes(field))
    .map(option)
    .toSorted((a, b) => a.label.localeCompare(b.label));

  return (
    <li className={classes.column} data-ignored={column.field === null || undefined}>
      <div style={{ minWidth: 0 }}>
        <div className={classes.name}>{column.column}</div>
        <div className={classes.samples} title={column.samples.join('\n')}>
          {column.samples.slice(0, 4).join(' · ') || t('wizard:empty')}
        </div>
      </div>
      <div style={{ minWidth: 0 }}>
        <Select
          aria-label={t('wizard:mapping.meaning', { column: column.column })}
          searchable
          nothingFoundMessage={t('shell:list.nothing')}
          value={column.field ?? IGNORED}
          data={[
            { value: IGNORED, label: t('wizard:mapping.ignore') },
            ...(column.likely.length > 0 ? [{ group: t('wizard:mapping.likely'), items: column.likely.map(option) }] : []),
            { group: t('wizard:mapping.all'), items: rest },
          ]}
          onChange={(next) => next && wizard.chooseMeaning(column.column, next === IGNORED ? null : next)}
          error={column.clashes ? t('wizard:mapping.clash') : undefined}
        />
        <div className={classes.reason}>
          {t(column.by === 'proposal' ? `imports:proposal.${column.reason}` : `wizard:mapping.by.${column.by}`)}
          {column.by === 'proposal' && column.unsure && <span className={classes.remark}> · {t('wizard:mapping.unsure')}</span>}
        </div>
      </div>
    </li>
  );
}
