import type { Recipients, Schedule, Sending } from '@vinculo/insight/api/boards';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useSend } from '../../api/queries.ts';
import { useCan, useMe } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { IconMail, IconTrash } from '../../ui/icons.ts';
import { ActionIcon, Badge, Button, Drawer, Group, MultiSelect, Select, Stack, Text } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { tell } from '../../ui/tell.tsx';
import type { BoardView } from './use-boards.ts';

type View = z.infer<typeof Schedule>;
const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }));

/** The board by mail: to oneself now, to others again and again, and what has left. */
export function MailDialog({ board, onClose }: { board: BoardView; onClose: () => void }) {
  const { t } = useTranslation();
  const can = useCan()('board.write');
  const me = useMe();
  const path = `/boards/${board.id}`;
  const schedules = useGet<{ items: View[] }>(`${path}/schedules`);
  const sendings = useGet<{ items: z.infer<typeof Sending>[] }>(`${path}/sendings`, {}, { every: 5_000 });
  const now = useSend<void>(() => ({ path: `${path}/send-now` }), {
    refreshes: [`${path}/sendings`],
    onDone: () => tell(t('boards:schedule.sentNow', { email: me.email })),
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('boards:schedule.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="lg">
        <Text size="sm">{t('boards:schedule.lead')}</Text>
        <Group>
          <Button leftSection={<IconMail size={16} />} loading={now.isPending} onClick={() => now.mutate()}>
            {t('boards:schedule.now')}
          </Button>
        </Group>
        {schedules.data?.items.map((one) => (
          <OneSchedule key={one.id} schedule={one} path={path} />
        ))}
        {can && <NewSchedule path={path} />}
        <History items={sendings.data?.items} />
      </Stack>
    </Drawer>
  );
}

/** «Cada lunes a las 08:00». */
function useRhythm() {
  const { t, i18n } = useTranslation();
  const weekday = (day: number) =>
    new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day)));
  return {
    weekday,
    words: ({ every, onDay, atHour }: Pick<View, 'every' | 'onDay' | 'atHour'>) =>
      t(`boards:schedule.summary.${every}`, {
        day: every === 'week' ? weekday(onDay) : onDay,
        hour: `${String(atHour).padStart(2, '0')}:00`,
      }),
  };
}

function OneSchedule({ schedule, path }: { schedule: View; path: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()('board.write');
  const { words } = useRhythm();
  const refreshes = [`${path}/schedules`];
  const { id, boardId: _board, nextAt, recipients, ...rhythm } = schedule;
  const leave = useSend<void>(() => ({ path: `/board-schedules/${id}/leave` }), {
    refreshes,
    onDone: () => tell(t('boards:schedule.stopped')),
  });
  const remove = useSend<void>(() => ({ method: 'DELETE', path: `/board-schedules/${id}` }), {
    refreshes,
    onDone: () => tell(t('boards:schedule.removed')),
  });
  const change = useSend<boolean>(
    (paused) => ({
      method: 'PUT',
      path: `/board-schedules/${id}`,
      body: { ...rhythm, recipients: recipients.map((one) => one.id), paused },
    }),
    { refreshes },
  );
  return (
    <section style={{ border: '1px solid var(--v-line)', borderRadius: 8, padding: 12 }} aria-label={words(schedule)}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={600}>
            {words(schedule)} {schedule.paused && <Badge>{t('boards:schedule.paused')}</Badge>}
          </Text>
          <Text size="sm">
            {recipients.length === 0
              ? t('boards:schedule.nobody')
              : t('boards:schedule.toWhom', { names: format.list(recipients.map(({ name }) => name)) })}
          </Text>
          {!schedule.paused && (
            <Text size="xs" c="dimmed">
              {t('boards:schedule.next', { when: format.dateTime(nextAt) })}
            </Text>
          )}
        </div>
        {can && (
          <Group gap="xs" wrap="nowrap">
            {recipients.length > 0 && (
              <Button size="xs" variant="subtle" onClick={() => change.mutate(!schedule.paused)}>
                {t(schedule.paused ? 'boards:schedule.resume' : 'boards:schedule.pause')}
              </Button>
            )}
            <ActionIcon variant="subtle" color="red" aria-label={t('boards:schedule.remove')} onClick={() => remove.mutate()}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        )}
      </Group>
      {recipients.some(({ me }) => me) && (
        <Button mt="xs" size="xs" variant="default" onClick={() => leave.mutate()}>
          {t('boards:schedule.stop')}
        </Button>
      )}
    </section>
  );
}

function NewSchedule({ path }: { path: string }) {
  const { t, i18n } = useTranslation();
  const { weekday } = useRhythm();
  const people = useGet<z.infer<typeof Recipients>>('/boards/recipients');
  const [form, setForm] = useState({
    every: 'week' as View['every'],
    onDay: 1,
    atHour: 8,
    language: (i18n.language === 'en' ? 'en' : 'es') as View['language'],
    recipients: [] as string[],
  });
  const save = useSend<typeof form>((body) => ({ path: `${path}/schedules`, body }), {
    refreshes: [`${path}/schedules`],
    onDone: () => {
      tell(t('boards:schedule.saved'));
      setForm({ ...form, recipients: [] });
    },
  });
  return (
    <form
      aria-label={t('boards:schedule.new')}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(form);
      }}
    >
      <Stack gap="sm">
        <Text fw={600}>{t('boards:schedule.new')}</Text>
        <Group grow>
          <Select
            label={t('boards:schedule.every')}
            value={form.every}
            data={(['day', 'week', 'month'] as const).map((every) => ({ value: every, label: t(`boards:schedule.each.${every}`) }))}
            onChange={(every) => every && setForm({ ...form, every: every as View['every'], onDay: 1 })}
          />
          {form.every === 'week' && (
            <Select
              label={t('boards:schedule.weekday')}
              value={String(form.onDay)}
              data={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: weekday(day) }))}
              onChange={(day) => day && setForm({ ...form, onDay: Number(day) })}
            />
          )}
          {form.every === 'month' && (
            <Select
              label={t('boards:schedule.monthday')}
              value={String(form.onDay)}
              data={Array.from({ length: 28 }, (_, n) => String(n + 1))}
              onChange={(day) => day && setForm({ ...form, onDay: Number(day) })}
            />
          )}
          <Select
            label={t('boards:schedule.hour')}
            value={String(form.atHour)}
            data={HOURS}
            onChange={(hour) => hour && setForm({ ...form, atHour: Number(hour) })}
          />
          <Select
            label={t('boards:schedule.language')}
            value={form.language}
            data={(['es', 'en'] as const).map((language) => ({ value: language, label: t(`common:language.${language}`) }))}
            onChange={(language) => language && setForm({ ...form, language: language as View['language'] })}
          />
        </Group>
        <MultiSelect
          label={t('boards:schedule.recipients')}
          description={t('boards:schedule.recipientsNote')}
          searchable
          data={(people.data?.items ?? []).map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
          value={form.recipients}
          onChange={(recipients) => setForm({ ...form, recipients })}
        />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={save.isPending} disabled={form.recipients.length === 0}>
            {t('boards:schedule.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function History({ items }: { items: z.infer<typeof Sending>[] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section aria-label={t('boards:schedule.history')}>
      <Text fw={600} mb="xs">
        {t('boards:schedule.history')}
      </Text>
      {items?.length === 0 && <Text size="sm">{t('boards:schedule.historyEmpty')}</Text>}
      {items && items.length > 0 && (
        <SimpleTable
          caption={t('boards:schedule.history')}
          columns={[
            { id: 'who', header: t('boards:schedule.recipients'), cell: ({ recipient }) => recipient },
            { id: 'when', header: t('boards:schedule.every'), cell: ({ sentAt }) => format.relative(sentAt) },
            {
              id: 'state',
              header: t('boards:schedule.history'),
              cell: ({ state, reason }) =>
                `${t(`boards:schedule.state.${state}`)}${reason ? `: ${t(`boards:schedule.reason.${reason}`)}` : ''}`,
            },
          ]}
          rows={items}
          rowId={({ id }) => id}
        />
      )}
    </section>
  );
}
