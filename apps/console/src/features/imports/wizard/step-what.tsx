import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import { Badge, Radio, SimpleGrid, Stack, Text, Title } from '../../../ui/kit.ts';
import { useImportWords } from '../import-words.ts';
import { IMPORT_KINDS, type ImportKind } from '../schemas.ts';
import classes from './wizard.module.css';
import { FileWriting } from './file-writing.tsx';
import { type NewSourceDraft, SourceChoice } from './source-choice.tsx';
import type { Wizard } from './use-wizard.ts';

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
      <FileWriting wizard={wizard} />
    </Stack>
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
