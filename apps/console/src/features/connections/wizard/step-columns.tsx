import { useTranslation } from 'react-i18next';
import { Select, Stack, Title } from '../../../ui/kit.ts';
import { useImportWords } from '../../imports/import-words.ts';
import { IMPORT_KINDS, type ImportKind } from '../../imports/schemas.ts';
import { type NewSourceDraft, SourceChoice } from '../../imports/wizard/source-choice.tsx';
import { StepColumns as Mapping } from '../../imports/wizard/step-columns.tsx';
import { OWN } from '../../imports/wizard/use-wizard.ts';
import type { ConnectionWizard } from './use-connection-wizard.ts';

interface StepColumnsProps {
  wizard: ConnectionWizard;
  newSource: NewSourceDraft | undefined;
  onNewSource: (source: NewSourceDraft | undefined) => void;
  tried: boolean;
}

/** Step 4: whose rows they are, what they are, and what each column means, as in the wizard of imports. */
export function StepColumns({ wizard, newSource, onNewSource, tried }: StepColumnsProps) {
  const { t } = useTranslation();
  const words = useImportWords();
  const { kind, sources, source, customersOf } = wizard;
  const others = sources.filter(({ id, records }) => id !== source?.id && records > 0);
  return (
    <Stack gap="lg">
      <SourceChoice wizard={wizard} newSource={newSource} onNewSource={onNewSource} tried={tried} />
      <Select
        label={t('wizard:kind.label')}
        description={t(wizard.upload?.kind ? 'wizard:kind.proposed' : 'wizard:kind.unknown')}
        withAsterisk
        allowDeselect={false}
        maw={420}
        value={kind ?? null}
        data={IMPORT_KINDS.map((one) => ({ value: one, label: words.kind(one) }))}
        error={tried && !kind ? t('wizard:kind.choose') : undefined}
        onChange={(next) => next && wizard.chooseKind(next as ImportKind)}
      />
      {wizard.namesCustomers && (
        <Select
          label={t('wizard:customersOf.label')}
          description={t('wizard:customersOf.help')}
          maw={420}
          allowDeselect={false}
          value={customersOf?.id ?? OWN}
          data={[
            { value: OWN, label: source ? t('wizard:customersOf.own', { name: source.label }) : t('wizard:customersOf.same') },
            ...others.map(({ id, label }) => ({ value: id, label: t('wizard:customersOf.of', { name: label }) })),
          ]}
          onChange={(next) => next && wizard.put({ customersOf: next })}
        />
      )}
      {kind && (
        <section aria-labelledby="meanings">
          <Title order={2} id="meanings" mb="sm">
            {t('connections:wizard.columns.title')}
          </Title>
          <Mapping wizard={wizard} />
        </section>
      )}
    </Stack>
  );
}
