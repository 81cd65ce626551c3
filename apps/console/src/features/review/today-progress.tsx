import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Progress, Text } from '../../ui/kit.ts';
import classes from './review.module.css';
import type { Statistics } from './schemas.ts';

/** How much of today's work is done: what one has decided today, of that and what is left. */
export function TodayProgress({ figures }: { figures: Statistics }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = figures.mineToday + figures.open;
  if (total === 0) return null;
  return (
    <div className={classes.today}>
      <Text size="sm" c="dimmed">
        {t('review:progress', { done: format.number(figures.mineToday), total: format.number(total) })}
      </Text>
      <Progress.Root size={6} aria-label={t('review:progressName')}>
        <Progress.Section value={(figures.mineToday / total) * 100} aria-label={t('review:progressName')} />
      </Progress.Root>
    </div>
  );
}
