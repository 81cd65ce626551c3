import { useTranslation } from 'react-i18next';
import { Group, Radio, Select, Stack, TextInput } from '../../ui/kit.ts';
import { useScheduleWords } from '../connections/schedule-words.ts';
import type { Draft } from './draft.ts';

const EVERY = ['never', 'hour', 'day', 'week'] as const;

/** How often, and whether everybody or only who changed. */
export function StepWhen({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  const { weekday, schedule } = useScheduleWords();
  const wholeOnly = draft.kind === 'database' && draft.write === 'replace';
  return (
    <Stack gap="lg" maw={560}>
      <Group gap="md" align="flex-end">
        <Select
          label={t('handback:when.every')}
          value={draft.every}
          onChange={(every) => every && set({ every: every as Draft['every'] })}
          data={[
            ...(draft.kept ? [{ value: 'kept', label: schedule(draft.kept) }] : []),
            ...EVERY.map((every) => ({ value: every, label: t(`handback:every.${every}`) })),
          ]}
        />
        {draft.every === 'week' && (
          <Select
            label={t('handback:when.day')}
            value={String(draft.day)}
            onChange={(day) => day && set({ day: Number(day) })}
            data={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: weekday(day) }))}
          />
        )}
        {(draft.every === 'day' || draft.every === 'week') && (
          <Select
            label={t('handback:when.hour')}
            value={String(draft.hour)}
            onChange={(hour) => hour && set({ hour: Number(hour) })}
            data={Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }))}
          />
        )}
      </Group>
      <Radio.Group
        label={t('handback:when.mode')}
        value={wholeOnly ? 'whole' : draft.mode}
        onChange={(mode) => set({ mode: mode as Draft['mode'] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="whole" label={t('handback:mode.whole')} description={t('handback:mode.wholeHelp')} />
          <Radio
            value="changed"
            label={t('handback:mode.changed')}
            description={t(wholeOnly ? 'handback:mode.wholeOnly' : 'handback:mode.changedHelp')}
            disabled={wholeOnly}
          />
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('handback:when.alert')}
        description={t('handback:when.alertHelp')}
        type="email"
        value={draft.alertEmail}
        onChange={(event) => set({ alertEmail: event.currentTarget.value })}
      />
    </Stack>
  );
}
