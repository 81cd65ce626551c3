import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import { Button, Group, Select, SimpleGrid, Switch, Text, TextInput, Title } from '../../../ui/kit.ts';
import type { FileOptions } from '../schemas.ts';
import type { Wizard } from './use-wizard.ts';

const CHOICES = {
  delimiter: [';', ',', '\t', '|'],
  quote: ['"', "'", ''],
  encoding: ['utf-8', 'windows-1252', 'latin1'],
  decimal: [',', '.'],
  dateOrder: ['dmy', 'mdy', 'ymd'],
} as const;
type Choice = keyof typeof CHOICES;

/** What can be told about each format; the rest is in the file itself. */
const TOLD: Record<FileOptions['format'], readonly Choice[]> = {
  csv: ['delimiter', 'encoding', 'decimal', 'dateOrder', 'quote'],
  jsonl: ['encoding', 'decimal', 'dateOrder'],
  xlsx: ['decimal', 'dateOrder'],
  parquet: ['decimal', 'dateOrder'],
};
const WITH_HEADER = new Set(['csv', 'xlsx']);
/** A key of a catalogue is a word. */
const WORD: Record<string, string> = {
  ';': 'semicolon',
  ',': 'comma',
  '\t': 'tab',
  '|': 'bar',
  '"': 'double',
  "'": 'single',
  '': 'none',
  '.': 'point',
};
const wordOf = (value: string) => WORD[value] ?? value;

/** How the file is written: detected, said in one line, each part changeable; a change reads the file again. */
export function FileWriting({ wizard }: { wizard: Wizard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { options, remembered, reading } = wizard;
  if (!options) return null;
  const told = TOLD[options.format];
  const label = (choice: Choice, value: string) => t(`wizard:writing.${choice}.${wordOf(value)}`, { defaultValue: value });
  const option = (choice: Choice, value: string) => t(`wizard:writing.${choice}.option.${wordOf(value)}`, { defaultValue: value });
  const said = [
    t(`wizard:format.${options.format}`) + (options.compression === 'gzip' ? ` ${t('wizard:writing.gzip')}` : ''),
    ...told.filter((choice) => choice !== 'quote').map((choice) => label(choice, options[choice])),
    ...(WITH_HEADER.has(options.format) ? [t(options.header ? 'wizard:writing.header' : 'wizard:writing.noHeader')] : []),
  ];
  const before = remembered?.options;
  const other = before && (['decimal', 'dateOrder'] as const).filter((choice) => before[choice] !== options[choice]);

  return (
    <section aria-labelledby="writing">
      <Group justify="space-between" align="baseline" wrap="nowrap">
        <Title order={2} id="writing">
          {t('wizard:writing.title')}
        </Title>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          aria-controls="writing-choices"
          style={{ flex: 'none' }}
        >
          {t(open ? 'wizard:writing.hide' : 'wizard:writing.change')}
        </Button>
      </Group>
      <Text size="sm" role="status">
        {reading.isPlaceholderData ? t('wizard:writing.again') : `${format.list(said)}.`}
      </Text>
      {other && other.length > 0 && (
        <Group gap="sm" mt="xs">
          <Text size="sm">{t('wizard:writing.lastTime', { how: format.list(other.map((choice) => label(choice, before[choice]))) })}</Text>
          <Button
            size="xs"
            variant="default"
            onClick={() => wizard.chooseOptions(Object.fromEntries(other.map((choice) => [choice, before[choice]])))}
          >
            {t('wizard:writing.likeLastTime')}
          </Button>
        </Group>
      )}
      {open && (
        <SimpleGrid id="writing-choices" cols={{ base: 1, sm: 3 }} spacing="md" mt="sm">
          {told.map((choice) => (
            <Select
              key={choice}
              label={t(`wizard:writing.${choice}.label`)}
              value={wordOf(options[choice])}
              data={[...new Set<string>([...CHOICES[choice], options[choice]])].map((value) => ({
                value: wordOf(value),
                label: option(choice, value),
              }))}
              onChange={(word) => {
                const value = [...CHOICES[choice]].find((one) => wordOf(one) === word);
                if (value !== undefined) wizard.chooseOptions({ [choice]: value });
              }}
            />
          ))}
          {options.format === 'xlsx' && (
            <SheetName
              key={options.sheet}
              sheet={options.sheet ?? ''}
              onSheet={(sheet) => wizard.chooseOptions({ sheet: sheet || undefined })}
            />
          )}
          {WITH_HEADER.has(options.format) && (
            <Switch
              label={t('wizard:writing.headerSwitch')}
              checked={options.header}
              onChange={(event) => wizard.chooseOptions({ header: event.currentTarget.checked })}
              style={{ alignSelf: 'end' }}
              mb={4}
            />
          )}
        </SimpleGrid>
      )}
    </section>
  );
}

/** Read again when the name is finished, not at every letter. */
function SheetName({ sheet, onSheet }: { sheet: string; onSheet: (sheet: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(sheet);
  const finish = () => typed.trim() !== sheet && onSheet(typed.trim());
  return (
    <TextInput
      label={t('wizard:writing.sheet.label')}
      placeholder={t('wizard:writing.sheet.first')}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === 'Enter' && finish()}
    />
  );
}
