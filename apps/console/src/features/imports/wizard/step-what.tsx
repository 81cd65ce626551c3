import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import { Badge, Radio, Select, SimpleGrid, Stack, Text, Title } from '../../../ui/kit.ts';
import { useImportWords } from '../import-words.ts';
import { IMPORT_KINDS, type ImportKind } from '../schemas.ts';
import classes from './wizard.module.css';
import { FileWriting } from './file-writing.tsx';
import { type NewSourceDraft, SourceChoice } from './source-choice.tsx';
import { OWN, type Wizard } from './use-wizard.ts';

interface StepWhatProps {
  wizard: Wizard;
  newSource: NewSourceDraft | undefined;
  onNewSource: (source: NewSourceDraft | undefined) => void;
  /** «Siguiente» was pressed: say what is missing. */
  tried: boolean;
}

/** Step 2: whose file it is, what its rows are, and how it is written. */
export function StepWhat({ wizard, newSource, onNewSource, tried }: StepWhatProps) {
  const { t } = useTranslation();
  const words = useImportWords();
  const { upload, kind } = wizard;
  if (!upload) return null;

  return (
    <Stack gap="xl">
      <SourceChoice wizard={wizard} newSource={newSource} onNewSource={onNewSource} tried={tried} />
      <Radio.Group
        value={kind ?? null}
        onChange={(next) => wizard.chooseKind(next as ImportKind)}
        label={t('wizard:kind.label')}
        description={t(upload.kind ? 'wizard:kind.proposed' : 'wizard:kind.unknown')}
        error={tried && !kind ? t('wizard:kind.choose') : undefined}
        withAsterisk
      >
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" mt="sm">
          {IMPORT_KINDS.map((one) => (
            <Radio.Card key={one} value={one} className={classes.kind!} p="sm">
              <span className={classes.kindHead}>
                <Radio.Indicator size="xs" />
                <Text span size="sm" fw={600}>
                  {words.kind(one)}
                </Text>
                {upload.kind === one && <Badge size="sm">{t('wizard:kind.looks')}</Badge>}
              </span>
              <Text span size="xs" c="dimmed">
                {t(`wizard:kind.help.${one}`)}
              </Text>
            </Radio.Card>
          ))}
        </SimpleGrid>
      </Radio.Group>
      {wizard.namesCustomers && <CustomersOf wizard={wizard} isNew={newSource !== undefined} />}
      <FileWriting wizard={wizard} />
    </Stack>
  );
}

/** Whose customer numbers the rows use: with the wrong ones they would belong to somebody else. */
function CustomersOf({ wizard, isNew }: { wizard: Wizard; isNew: boolean }) {
  const { t } = useTranslation();
  const { sources, source, customersOf } = wizard;
  const others = sources.filter(({ id, records }) => id !== source?.id && records > 0);
  const own = isNew ? undefined : source;
  // Numbers of a source that has no customers make new ones.
  const nobody = !customersOf && (own ? own.records === 0 : isNew);
  return (
    <div>
      <Select
        label={t('wizard:customersOf.label')}
        description={t('wizard:customersOf.help')}
        maw={420}
        allowDeselect={false}
        value={customersOf?.id ?? OWN}
        data={[
          { value: OWN, label: own ? t('wizard:customersOf.own', { name: own.label }) : t('wizard:customersOf.same') },
          ...others.map(({ id, label }) => ({ value: id, label: t('wizard:customersOf.of', { name: label }) })),
        ]}
        onChange={(next) => next && wizard.put({ customersOf: next })}
      />
      {nobody && others.length > 0 && (
        <Text size="xs" c="var(--v-caution)" mt={4} role="status">
          {t('wizard:customersOf.nobody')}
        </Text>
      )}
    </div>
  );
}

/** At the right of step 2: the file as it is read right now. */
export function ReadingPreview({ wizard }: { wizard: Wizard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { upload, reading } = wizard;
  if (!upload) return null;
  return (
    <div aria-busy={reading.isPlaceholderData} style={{ opacity: reading.isPlaceholderData ? 0.6 : 1 }}>
      <Title order={2}>{t('wizard:reading.title')}</Title>
      <Text size="xs" c="dimmed" mb="sm">
        {t('wizard:reading.size', {
          columns: t('wizard:columns', { count: upload.columns.length }),
          rows: t('wizard:rows', { count: upload.estimatedRows, shown: format.number(upload.estimatedRows) }),
        })}
      </Text>
      <dl className={classes.reading}>
        {upload.columns.map(({ column, samples }) => (
          <div key={column} style={{ display: 'contents' }}>
            <dt>{column}</dt>
            <dd>
              {samples.slice(0, 2).map((sample, index) => (
                <span key={index} className={classes.sample}>
                  {sample}
                </span>
              ))}
              {samples.length === 0 && <span className={classes.none}>{t('wizard:empty')}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {upload.columns.length === 1 && (
        <Text size="sm" mt="sm" c="var(--v-caution)">
          {t('wizard:reading.oneColumn')}
        </Text>
      )}
    </div>
  );
}
