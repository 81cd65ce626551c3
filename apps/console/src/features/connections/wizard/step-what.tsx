import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../../api/problem.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { Autocomplete, NumberInput, Radio, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '../../../ui/kit.ts';
import { hasFiles, isDatabase } from '../schemas.ts';
import { missingFields } from './typed-settings.ts';
import type { ConnectionWizard } from './use-connection-wizard.ts';

interface StepWhatProps {
  wizard: ConnectionWizard;
  tables: readonly { name: string; query: string }[];
  /** A table was chosen: its columns can be looked at. */
  onTable: (query: string) => void;
  error: ApiError | null;
  tried: boolean;
}

/** Step 3: which rows. */
export function StepWhat(props: StepWhatProps) {
  const { wizard, error } = props;
  return (
    <Stack gap="md" maw={680}>
      <ErrorNote error={error} />
      {isDatabase(wizard.pull) && <Query {...props} />}
      {hasFiles(wizard.pull) && <Files {...props} />}
      {wizard.pull === 'http' && <Pages {...props} />}
    </Stack>
  );
}

function Query({ wizard, tables, onTable, tried }: StepWhatProps) {
  const { t } = useTranslation();
  const { settings, trial } = wizard;
  const query = String(settings.query ?? '');
  const table = tables.find((one) => one.query === query);
  return (
    <>
      {tables.length > 0 && (
        <Select
          label={t('connections:wizard.what.table')}
          description={t('connections:wizard.what.tableHelp')}
          placeholder={t('connections:wizard.what.tablePlaceholder')}
          searchable
          nothingFoundMessage={t('shell:list.nothing')}
          value={table?.name ?? null}
          data={tables.map(({ name }) => name)}
          onChange={(name) => {
            const chosen = tables.find((one) => one.name === name);
            if (chosen) onTable(chosen.query);
          }}
        />
      )}
      <Textarea
        label={t('connections:field.query')}
        description={t('connections:wizard.what.queryHelp')}
        withAsterisk
        autosize
        minRows={4}
        maxRows={16}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={query}
        error={tried && missingFields(wizard.pull!, settings, 'what').includes('query') ? t('connections:wizard.fill') : undefined}
        onChange={(event) => wizard.type({ query: event.currentTarget.value })}
      />
      <Cursor wizard={wizard} names={cursorsFirst(trial?.columns ?? [])} />
      {settings.cursor ? (
        <NumberInput
          label={t('connections:field.overlapSeconds')}
          description={t('connections:wizard.what.overlapHelp')}
          min={0}
          max={604_800}
          maw={330}
          allowDecimal={false}
          value={Number(settings.overlapSeconds ?? 300)}
          onChange={(value) => wizard.type({ overlapSeconds: Number(value) || 0 })}
        />
      ) : null}
    </>
  );
}

/** Columns that grow, those of time first: a date of change is what people look for. */
const cursorsFirst = (columns: readonly { name: string; type: string; cursor: boolean }[]): string[] =>
  columns
    .filter(({ cursor }) => cursor)
    .toSorted((a, b) => Number(/time|date/.test(b.type)) - Number(/time|date/.test(a.type)))
    .map(({ name }) => name);

/** The column it advances by: by name, because before the first trial nobody knows which there are. */
function Cursor({ wizard, names }: { wizard: ConnectionWizard; names: readonly string[] }) {
  const { t } = useTranslation();
  const { settings } = wizard;
  return (
    <div>
      <Autocomplete
        label={t('connections:field.cursor')}
        description={t('connections:wizard.what.cursorHelp')}
        placeholder="modificado"
        maw={330}
        data={[...names]}
        value={String(settings.cursor ?? '')}
        onChange={(cursor) => wizard.type({ cursor: cursor.trim() === '' ? undefined : cursor.trim() })}
      />
      {!settings.cursor && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('connections:wizard.what.noCursor')}
        </Text>
      )}
    </div>
  );
}

function Files({ wizard, tried }: StepWhatProps) {
  const { t } = useTranslation();
  const { settings } = wizard;
  const after = String(settings.after ?? 'keep');
  return (
    <>
      <TextInput
        label={t('connections:field.pattern')}
        description={t('connections:wizard.what.patternHelp')}
        withAsterisk
        maw={420}
        placeholder="clientes-*.csv"
        value={String(settings.pattern ?? '')}
        error={tried && missingFields(wizard.pull!, settings, 'what').includes('pattern') ? t('connections:wizard.fill') : undefined}
        onChange={(event) => wizard.type({ pattern: event.currentTarget.value })}
      />
      <Radio.Group label={t('connections:field.after')} value={after} onChange={(next) => wizard.type({ after: next })}>
        <Stack gap="xs" mt="xs">
          {(['keep', 'move'] as const).map((choice) => (
            <Radio
              key={choice}
              value={choice}
              label={t(`connections:after.${choice}`)}
              description={t(`connections:wizard.what.after.${choice}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {after === 'move' && (
        <TextInput
          label={t('connections:field.moveTo')}
          maw={420}
          placeholder="importados"
          value={String(settings.moveTo ?? '')}
          onChange={(event) => wizard.type({ moveTo: event.currentTarget.value.trim() === '' ? undefined : event.currentTarget.value })}
        />
      )}
    </>
  );
}

type Paging = { by: 'none' | 'link' | 'cursor' | 'page'; path?: string; parameter?: string };

function Pages({ wizard, tried }: StepWhatProps) {
  const { t } = useTranslation();
  const { settings, trial } = wizard;
  const paging = (settings.paging as Paging | undefined) ?? { by: 'none' };
  const missing = new Set(tried ? missingFields('http', settings, 'what') : []);
  const put = (next: Partial<Paging>) => wizard.type({ paging: { ...paging, ...next } });
  return (
    <>
      <TextInput
        label={t('connections:field.rows')}
        description={t('connections:wizard.what.rowsHelp')}
        placeholder="data.items"
        maw={420}
        value={String(settings.rows ?? '')}
        onChange={(event) => wizard.type({ rows: event.currentTarget.value })}
      />
      <Select
        label={t('connections:field.paging')}
        allowDeselect={false}
        maw={420}
        value={paging.by}
        data={(['none', 'link', 'cursor', 'page'] as const).map((by) => ({ value: by, label: t(`connections:paging.${by}`) }))}
        onChange={(by) => by && wizard.type({ paging: { by: by as Paging['by'], ...(by === 'page' ? { parameter: 'page' } : {}) } })}
      />
      {paging.by !== 'none' && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" maw={640}>
          {paging.by !== 'page' && (
            <TextInput
              label={t(`connections:wizard.what.path.${paging.by}`)}
              description={paging.by === 'link' ? t('connections:wizard.what.linkHelp') : undefined}
              placeholder={paging.by === 'link' ? 'links.next' : 'meta.next_cursor'}
              value={paging.path ?? ''}
              error={missing.has('path') ? t('connections:wizard.fill') : undefined}
              onChange={(event) => put({ path: event.currentTarget.value })}
            />
          )}
          {paging.by !== 'link' && (
            <TextInput
              label={t('connections:wizard.what.parameter')}
              placeholder={paging.by === 'page' ? 'page' : 'cursor'}
              value={paging.parameter ?? ''}
              error={missing.has('parameter') ? t('connections:wizard.fill') : undefined}
              onChange={(event) => put({ parameter: event.currentTarget.value })}
            />
          )}
        </SimpleGrid>
      )}
      <Cursor wizard={wizard} names={(trial?.columns ?? []).map(({ name }) => name)} />
      {settings.cursor ? (
        <TextInput
          label={t('connections:field.since')}
          description={t('connections:wizard.what.sinceHelp')}
          placeholder="updated_since"
          maw={330}
          value={String(settings.since ?? '')}
          onChange={(event) => wizard.type({ since: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}
