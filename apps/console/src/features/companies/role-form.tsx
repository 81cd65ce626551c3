import { useTranslation } from 'react-i18next';
import { Group, Stack, TextInput } from '../../ui/kit.ts';

export interface RoleWords {
  title: string;
  department: string;
  startedOn: string;
  endedOn: string;
}

export const NO_WORDS: RoleWords = { title: '', department: '', startedOn: '', endedOn: '' };

/** What somebody is in a company, and since when until when. */
export function RoleFields({ words, onWords, ended }: { words: RoleWords; onWords: (words: RoleWords) => void; ended?: boolean }) {
  const { t } = useTranslation();
  const field = (name: keyof RoleWords) => ({
    label: t(`companies:role.${LABELS[name]}`),
    value: words[name],
    onChange: (event: { currentTarget: { value: string } }) => onWords({ ...words, [name]: event.currentTarget.value }),
  });
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <TextInput {...field('title')} maxLength={200} />
        <TextInput {...field('department')} maxLength={200} />
      </Group>
      <Group grow align="flex-start">
        <TextInput {...field('startedOn')} type="date" />
        {ended && (
          <TextInput
            {...field('endedOn')}
            type="date"
            description={t('companies:role.toHelp')}
            inputWrapperOrder={['label', 'input', 'description']}
          />
        )}
      </Group>
    </Stack>
  );
}

const LABELS = { title: 'title', department: 'department', startedOn: 'from', endedOn: 'to' } as const;
