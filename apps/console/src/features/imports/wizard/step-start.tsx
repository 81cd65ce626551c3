import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../../api/problem.ts';
import { useGet } from '../../../api/queries.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Stack, Text, Title } from '../../../ui/kit.ts';
import { Link } from '../../../ui/link.tsx';
import type { Source } from '../../sources/use-sources.ts';
import { Caution } from '../caution.tsx';
import { useImportWords } from '../import-words.ts';
import type { Import, Upload } from '../schemas.ts';
import type { Wizard } from './use-wizard.ts';
import classes from './wizard.module.css';

/** Step 5: exactly what will happen, to how many rows. */
export function StepStart({ wizard, error }: { wizard: Wizard; error: ApiError | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useImportWords();
  const { upload, kind, source, columns, preview } = wizard;
  if (!upload || !kind || !source) return null;
  const ignored = columns.filter(({ field }) => field === null).map(({ column }) => column);
  const sampled = preview.data?.rows ?? [];
  const rejected = sampled.filter((row) => row.rejected).length;

  return (
    <Stack gap="lg">
      <ErrorNote error={error} />
      {upload.sameAs && <SeenBefore same={upload.sameAs} source={source} />}
      <Title order={2}>{t('wizard:start.title')}</Title>
      <ol className={classes.plan}>
        <li>
          {t('wizard:start.read', { count: upload.estimatedRows, shown: format.number(upload.estimatedRows), file: upload.fileName })}
        </li>
        <li>{t('wizard:start.write', { kind: words.kind(kind).toLocaleLowerCase(), source: source.label })}</li>
        {wizard.namesCustomers && <li>{t('wizard:start.customersOf', { name: wizard.customersOf?.label ?? source.label })}</li>}
        <li>{t('wizard:start.reject')}</li>
        <li>{t(kind === 'customers' ? 'wizard:start.unify' : 'wizard:start.link')}</li>
      </ol>
      {rejected > 0 && (
        <Text size="sm" c="var(--v-caution)">
          {t('wizard:start.some', { count: rejected, rejected: format.number(rejected), sampled: format.number(sampled.length) })}
        </Text>
      )}
      {ignored.length > 0 && (
        <Text size="sm">
          {t('wizard:start.ignored', { count: ignored.length, columns: format.list(ignored.map((column) => `«${column}»`)) })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('wizard:start.calm')}
      </Text>
    </Stack>
  );
}

/** The very same file was imported before: into this source it changes nothing, into another it makes new records. */
function SeenBefore({ same, source }: { same: NonNullable<Upload['sameAs']>; source: Source }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: earlier } = useGet<Import>(`/imports/${same.importId}`);
  if (!earlier) return null;
  const words = { at: format.dateTime(same.at), earlier: earlier.sourceLabel, source: source.label };
  return (
    <Caution title={t('wizard:start.sameTitle')}>
      {t(earlier.sourceId === source.id ? 'wizard:start.same' : 'wizard:start.sameElsewhere', words)}{' '}
      <Link to="/imports/$id" params={{ id: same.importId }} size="sm" underline="always">
        {t('wizard:start.sameSee')}
      </Link>
    </Caution>
  );
}

/** At the right of step 5: the choices, in one look. */
export function StartSummary({ wizard }: { wizard: Wizard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useImportWords();
  const { upload, kind, source, columns } = wizard;
  if (!upload || !kind || !source) return null;
  const taken = columns.filter(({ field }) => field !== null);
  return (
    <dl className={classes.row}>
      <dt>{t('wizard:summary.file')}</dt>
      <dd>
        {upload.fileName} · {format.bytes(upload.fileSize)}
      </dd>
      <dt>{t('wizard:list.column.source')}</dt>
      <dd>{source.label}</dd>
      <dt>{t('wizard:summary.kind')}</dt>
      <dd>{words.kind(kind)}</dd>
      <dt>{t('wizard:summary.columns')}</dt>
      <dd>
        {taken.map(({ column, field }) => (
          <div key={column}>
            {column} → {words.field(field!)}
          </div>
        ))}
      </dd>
    </dl>
  );
}
