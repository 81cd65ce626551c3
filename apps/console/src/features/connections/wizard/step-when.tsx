import type { AlertPeople } from '@vinculo/connections/api/pulls';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../../api/queries.ts';
import { useMe } from '../../../app/session.ts';
import { Group, MultiSelect, NumberInput, Select, Stack, Switch, Text, TextInput } from '../../../ui/kit.ts';
import { useScheduleWords } from '../schedule-words.ts';
import type { Schedule } from '../schemas.ts';
import type { ConnectionWizard } from './use-connection-wizard.ts';

const RHYTHMS: Record<Schedule['every'], Schedule> = {
  minutes: { every: 'minutes', minutes: 15 },
  hour: { every: 'hour', minute: 0 },
  day: { every: 'day', hour: 6, minute: 0 },
  week: { every: 'week', day: 1, hour: 6, minute: 0 },
  cron: { every: 'cron', cron: '30 6 * * 1-5' },
  never: { every: 'never' },
};
const MINUTES = [1, 5, 10, 15, 30, 60, 120, 240, 360];
const two = (value: number) => String(value).padStart(2, '0');
const HALF_HOURS = Array.from({ length: 48 }, (_, i) => `${two(Math.floor(i / 2))}:${i % 2 ? '30' : '00'}`);

/** The name it goes by until somebody gives it another. */
export const proposedName = (wizard: ConnectionWizard, kind: (kind: string) => string): string =>
  wizard.source && wizard.kind ? `${wizard.source.label} · ${kind(wizard.kind).toLocaleLowerCase()}` : '';

/** Step 5: what it is called, when it runs, and whom to tell when it does not. */
export function StepWhen({ wizard, name, tried }: { wizard: ConnectionWizard; name: string; tried: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const people = useGet<z.infer<typeof AlertPeople>>('/connections/people');
  const { draft, put, incremental, kind } = wizard;
  return (
    <Stack gap="lg" maw={680}>
      <TextInput
        label={t('connections:wizard.when.name')}
        withAsterisk
        maxLength={80}
        maw={420}
        value={draft.name ?? name}
        error={tried && (draft.name ?? name).trim() === '' ? t('connections:wizard.fill') : undefined}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <Rhythm schedule={draft.schedule} onChange={(schedule) => put({ schedule })} />
      {kind === 'purchases' && (
        <Switch
          label={t('connections:wizard.when.whole')}
          description={t('connections:wizard.when.wholeHelp')}
          checked={draft.whole ?? !(incremental && wizard.settings.cursor)}
          onChange={(event) => put({ whole: event.currentTarget.checked })}
        />
      )}
      <MultiSelect
        label={t('connections:alert.label')}
        description={t('connections:wizard.when.alertHelp')}
        searchable
        maw={520}
        value={draft.alertTo ?? [me.id]}
        data={(people.data?.items ?? []).map(({ id, name: who, email }) => ({ value: id, label: `${who} (${email})` }))}
        onChange={(alertTo) => put({ alertTo })}
      />
      <NumberInput
        label={t('connections:wizard.when.alertAfter')}
        min={1}
        max={100}
        maw={220}
        allowDecimal={false}
        value={draft.alertAfter}
        onChange={(value) => put({ alertAfter: Math.max(1, Number(value) || 1) })}
      />
    </Stack>
  );
}

function Rhythm({ schedule, onChange }: { schedule: Schedule; onChange: (schedule: Schedule) => void }) {
  const { t } = useTranslation();
  const { weekday, schedule: said } = useScheduleWords();
  const time = 'hour' in schedule ? `${two(schedule.hour)}:${two(schedule.minute)}` : '';
  return (
    <div>
      <Group align="flex-end" gap="sm">
        <Select
          label={t('connections:wizard.when.label')}
          allowDeselect={false}
          value={schedule.every}
          data={(Object.keys(RHYTHMS) as Schedule['every'][]).map((every) => ({
            value: every,
            label: t(`connections:schedule.every.${every}`),
          }))}
          onChange={(every) => every && onChange(RHYTHMS[every as Schedule['every']])}
        />
        {schedule.every === 'minutes' && (
          <Select
            aria-label={t('connections:schedule.every.minutes')}
            allowDeselect={false}
            value={String(schedule.minutes)}
            data={[...new Set([...MINUTES, schedule.minutes])].map((minutes) => ({
              value: String(minutes),
              label: t('connections:schedule.said.minutes', { count: minutes }),
            }))}
            onChange={(minutes) => minutes && onChange({ every: 'minutes', minutes: Number(minutes) })}
          />
        )}
        {schedule.every === 'hour' && (
          <NumberInput
            label={t('connections:wizard.when.minute')}
            min={0}
            max={59}
            maw={120}
            allowDecimal={false}
            value={schedule.minute}
            onChange={(minute) => onChange({ every: 'hour', minute: Math.min(59, Math.max(0, Number(minute) || 0)) })}
          />
        )}
        {schedule.every === 'week' && (
          <Select
            label={t('connections:wizard.when.day')}
            allowDeselect={false}
            value={String(schedule.day)}
            data={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: weekday(day) }))}
            onChange={(day) => day && onChange({ ...schedule, day: Number(day) })}
          />
        )}
        {(schedule.every === 'day' || schedule.every === 'week') && (
          <Select
            label={t('connections:wizard.when.time')}
            allowDeselect={false}
            searchable
            maw={120}
            value={time}
            data={[...new Set([...HALF_HOURS, time])].toSorted()}
            onChange={(next) => {
              const [hour, minute] = (next ?? time).split(':').map(Number) as [number, number];
              onChange({ ...schedule, hour, minute });
            }}
          />
        )}
        {schedule.every === 'cron' && (
          <TextInput
            label={t('connections:wizard.when.cron')}
            value={schedule.cron}
            maxLength={100}
            onChange={(event) => onChange({ every: 'cron', cron: event.currentTarget.value })}
          />
        )}
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {schedule.every === 'cron' ? t('connections:wizard.when.cronHelp') : said(schedule)}
      </Text>
    </div>
  );
}
