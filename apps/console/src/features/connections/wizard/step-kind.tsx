import { useTranslation } from 'react-i18next';
import { IconDatabase, IconFileImport, IconServer, IconWorld } from '../../../ui/icons.ts';
import { Radio, SimpleGrid, Text } from '../../../ui/kit.ts';
import classes from '../../imports/wizard/wizard.module.css';
import { PULL_KINDS, type PullKind } from '../schemas.ts';
import type { ConnectionWizard } from './use-connection-wizard.ts';

const PICTURE = {
  postgres: IconDatabase,
  mysql: IconDatabase,
  sqlserver: IconDatabase,
  folder: IconFileImport,
  sftp: IconServer,
  http: IconWorld,
} as const;

/** Step 1: what the data are in. */
export function StepKind({ wizard, tried }: { wizard: ConnectionWizard; tried: boolean }) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      value={wizard.pull ?? null}
      onChange={(next) => wizard.choosePull(next as PullKind)}
      label={t('connections:wizard.kind.label')}
      description={t('connections:wizard.kind.help')}
      error={tried && !wizard.pull ? t('connections:wizard.kind.choose') : undefined}
      withAsterisk
    >
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" mt="sm">
        {PULL_KINDS.map((kind) => {
          const Picture = PICTURE[kind];
          return (
            <Radio.Card
              key={kind}
              value={kind}
              className={classes.kind!}
              p="sm"
              disabled={wizard.edit !== undefined && kind !== wizard.pull}
            >
              <span className={classes.kindHead}>
                <Radio.Indicator size="xs" />
                <Picture size={16} aria-hidden />
                <Text span size="sm" fw={600}>
                  {t(`connections:kind.${kind}.name`)}
                </Text>
              </span>
              <Text span size="xs" c="dimmed">
                {t(`connections:kind.${kind}.help`)}
              </Text>
            </Radio.Card>
          );
        })}
      </SimpleGrid>
    </Radio.Group>
  );
}
