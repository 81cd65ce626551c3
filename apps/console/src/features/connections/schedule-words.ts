import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schedule } from './schemas.ts';

const two = (value: number) => String(value).padStart(2, '0');
/** The first of January 2024 was a Monday. */
const weekdayOf = (day: number, language: string) =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day)));

/** «Cada 15 minutos», «Cada lunes a las 06:30». */
export function useScheduleWords() {
  const { t, i18n } = useTranslation();
  return useMemo(
    () => ({
      weekday: (day: number) => weekdayOf(day, i18n.language),
      schedule: (schedule: Schedule): string => {
        switch (schedule.every) {
          case 'minutes':
            return t('connections:schedule.said.minutes', { count: schedule.minutes });
          case 'hour':
            return t('connections:schedule.said.hour', { minute: two(schedule.minute) });
          case 'day':
            return t('connections:schedule.said.day', { time: `${two(schedule.hour)}:${two(schedule.minute)}` });
          case 'week':
            return t('connections:schedule.said.week', {
              day: weekdayOf(schedule.day, i18n.language),
              time: `${two(schedule.hour)}:${two(schedule.minute)}`,
            });
          case 'cron':
            return t('connections:schedule.said.cron', { cron: schedule.cron });
          case 'never':
            return t('connections:schedule.said.never');
        }
      },
    }),
    [t, i18n.language],
  );
}
