import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { List, Stack, TextInput } from '../../ui/kit.ts';
import { useScheduleWords } from '../connections/schedule-words.ts';
import { bodyOf, type Draft, scheduleOf, targetOf } from './draft.ts';
import { useTargetWords } from './target-words.ts';

/** A name, and exactly what will happen. */
export function StepCheck({ draft, set, error }: { draft: Draft; set: (part: Partial<Draft>) => void; error: ApiError | undefined }) {
  const { t } = useTranslation();
  const { schedule } = useScheduleWords();
  const where = useTargetWords();
  const { mode } = bodyOf(draft);
  return (
    <Stack gap="lg" maw={560}>
      <ErrorNote error={error} />
      <TextInput
        label={t('handback:check.name')}
        description={t('handback:check.nameHelp')}
        required
        maxLength={120}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={error?.fields.name}
      />
      <List size="sm" spacing="xs">
        <List.Item>{t('handback:check.columns', { count: draft.fields.length + 1 })}</List.Item>
        <List.Item>{where(targetOf(draft))}</List.Item>
        <List.Item>{schedule(scheduleOf(draft))}</List.Item>
        <List.Item>{t(`handback:mode.${mode}Help`)}</List.Item>
        <List.Item>{t('handback:check.answers')}</List.Item>
      </List>
    </Stack>
  );
}
