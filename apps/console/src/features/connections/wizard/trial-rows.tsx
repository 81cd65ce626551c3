import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import { Text, Title } from '../../../ui/kit.ts';
import { RowSkeletons } from '../../../ui/skeletons.tsx';
import classes from '../../imports/wizard/wizard.module.css';
import type { ConnectionWizard } from './use-connection-wizard.ts';

/** At the right of step 3: what the last trial brought, column by column. */
export function TrialRows({ wizard, looking }: { wizard: ConnectionWizard; looking: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { trial, upload } = wizard;
  if (looking) return <RowSkeletons rows={6} />;
  if (!trial) {
    return (
      <>
        <Title order={2}>{t('connections:wizard.trial.title')}</Title>
        <Text size="sm" c="dimmed">
          {t('connections:wizard.trial.before')}
        </Text>
      </>
    );
  }
  return (
    <div>
      <Title order={2}>{t('connections:wizard.trial.title')}</Title>
      <Text size="xs" c="dimmed" mb="sm">
        {trial.files.length > 0
          ? t('connections:wizard.trial.files', {
              count: trial.files.length,
              names: format.list(trial.files.slice(-3).map(({ name }) => name)),
            })
          : t('connections:wizard.trial.columns', { count: trial.columns.length })}
      </Text>
      <dl className={classes.reading}>
        {trial.columns.map(({ name, type }) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>
              {name}
              {type && (
                <Text size="xs" c="dimmed" fw={400}>
                  {type}
                </Text>
              )}
            </dt>
            <dd>
              {(upload?.columns.find(({ column }) => column === name)?.samples ?? []).slice(0, 2).map((sample, index) => (
                <span key={index} className={classes.sample}>
                  {sample}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
