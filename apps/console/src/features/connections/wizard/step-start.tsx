import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../../api/problem.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Stack, Text, Title } from '../../../ui/kit.ts';
import { useImportWords } from '../../imports/import-words.ts';
import classes from '../../imports/wizard/wizard.module.css';
import { useScheduleWords } from '../schedule-words.ts';
import { hasFiles } from '../schemas.ts';
import type { ConnectionWizard } from './use-connection-wizard.ts';

/** Step 6: exactly what will happen. */
export function StepStart({ wizard, name, error }: { wizard: ConnectionWizard; name: string; error: ApiError | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useImportWords();
  const { schedule } = useScheduleWords();
  const { pull, kind, source, settings, columns, draft, edit } = wizard;
  if (!pull || !kind || !source) return null;
  const ignored = columns.filter(({ field }) => field === null).map(({ column }) => column);
  const where = String(settings.host ?? settings.folder ?? settings.url ?? '');
  return (
    <Stack gap="lg">
      <ErrorNote error={error} />
      <Title order={2}>{t('connections:wizard.start.title', { name })}</Title>
      <ol className={classes.plan}>
        <li>
          {draft.schedule.every === 'never'
            ? t('connections:wizard.start.byHand', { where })
            : t(edit ? 'connections:wizard.start.from' : 'connections:wizard.start.now', {
                where,
                when: schedule(draft.schedule).toLocaleLowerCase(),
              })}
        </li>
        <li>
          {hasFiles(pull)
            ? t(`connections:wizard.start.files.${String(settings.after ?? 'keep')}`, {
                pattern: settings.pattern,
                folder: settings.moveTo ?? 'importados',
              })
            : settings.cursor
              ? t('connections:wizard.start.cursor', { column: settings.cursor })
              : t('connections:wizard.start.everything')}
        </li>
        <li>{t('connections:wizard.start.write', { kind: words.kind(kind).toLocaleLowerCase(), source: source.label })}</li>
        <li>{t('connections:wizard.start.reject')}</li>
        <li>{t('connections:wizard.start.drift')}</li>
        <li>
          {(draft.alertTo?.length ?? 1) > 0
            ? t('connections:wizard.start.alert', { count: draft.alertAfter })
            : t('connections:wizard.start.noAlert')}
        </li>
      </ol>
      {ignored.length > 0 && (
        <Text size="sm">
          {t('wizard:start.ignored', { count: ignored.length, columns: format.list(ignored.map((column) => `«${column}»`)) })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('connections:wizard.start.calm')}
      </Text>
    </Stack>
  );
}
