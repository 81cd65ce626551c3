import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { IconEdit } from '../../ui/icons.ts';
import { Code, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { useImportWords } from '../imports/import-words.ts';
import classes from '../imports/wizard/wizard.module.css';
import { useScheduleWords } from './schedule-words.ts';
import type { ConnectionDetail } from './schemas.ts';
import type { Step } from './search.ts';

/** What each column means, as it was said in the wizard. */
export function ColumnsTab({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation();
  const words = useImportWords();
  const rows = Object.entries(connection.columns).toSorted(([, a], [, b]) => Number(a === null) - Number(b === null));
  return (
    <Stack gap="md" align="flex-start">
      <Edit connection={connection} step="what" />
      <SimpleTable<[string, string | null]>
        caption={t('connections:tab.columns')}
        rows={rows}
        rowId={([column]) => column}
        columns={[
          { id: 'column', header: t('connections:columns.column'), cell: ([column]) => <span lang="und">{column}</span> },
          {
            id: 'field',
            header: t('connections:columns.meaning'),
            cell: ([, field]) =>
              field ? (
                words.field(field)
              ) : (
                <Text span size="sm" c="dimmed">
                  {t('connections:columns.ignored')}
                </Text>
              ),
          },
        ]}
      />
    </Stack>
  );
}

/** Where it reads, how it opens, when it runs and who is told. */
export function SettingsTab({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { schedule } = useScheduleWords();
  const { settings, secrets, alertTo, alertAfter } = connection;
  const given: [string, ReactNode][] = Object.entries(settings)
    .filter(([name, value]) => name !== 'kind' && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => [t(`connections:field.${name}`), <Value key={name} name={name} value={value} />]);
  return (
    <Stack gap="md" align="flex-start">
      <Edit connection={connection} step="where" />
      <dl className={classes.row} style={{ maxHeight: 'none' }}>
        {[
          ...given,
          [
            t('connections:field.secrets'),
            secrets.length === 0
              ? t('connections:secret.none')
              : t('connections:secret.kept', { names: format.list(secrets.map(secretName)) }),
          ] as [string, ReactNode],
          [t('connections:list.column.schedule'), schedule(connection.schedule)] as [string, ReactNode],
          [
            t('connections:alert.label'),
            alertTo.length === 0 || alertAfter === 0
              ? t('connections:alert.nobody')
              : t('connections:alert.said', { count: alertAfter, names: format.list(alertTo.map(({ name }) => name)) }),
          ] as [string, ReactNode],
          [t('connections:made'), t('connections:madeBy', { name: connection.createdBy, at: format.dateTime(connection.createdAt) })] as [
            string,
            ReactNode,
          ],
        ].map(([label, value]) => (
          <div key={String(label)} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  );

  function secretName(name: string): string {
    return name.startsWith('header.') ? name.slice('header.'.length) : t(`connections:field.${name}`);
  }
}

function Value({ name, value }: { name: string; value: unknown }) {
  const { t } = useTranslation();
  if (name === 'query') return <Code block>{String(value)}</Code>;
  if (name === 'tls') return t(`connections:tls.${String(value)}`);
  if (name === 'after') return t(`connections:after.${String(value)}`);
  if (name === 'paging') return t(`connections:paging.${(value as { by: string }).by}`);
  if (name === 'overlapSeconds') return t('connections:seconds', { count: Number(value) });
  return Array.isArray(value) ? value.join(', ') : String(value as string | number);
}

function Edit({ connection, step }: { connection: ConnectionDetail; step: Step }) {
  const { t } = useTranslation();
  const can = useCan();
  if (!can(['connection.write', 'import.run'])) return null;
  return (
    <LinkButton
      to="/connections/new"
      search={{ edit: connection.id, step }}
      variant="default"
      size="xs"
      leftSection={<IconEdit size={14} />}
    >
      {t('connections:act.edit')}
    </LinkButton>
  );
}
