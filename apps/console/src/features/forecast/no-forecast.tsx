import type { ForecastRefusal } from '@vinculo/insight/api/forecast';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconTrendingUp } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';

/** Why nothing is forecast, and what to do about it. */
export function NoForecast({ refused }: { refused: z.infer<typeof ForecastRefusal> | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()('import.run');
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <EmptyState
        title={t('forecast:none.title')}
        icon={IconTrendingUp}
        action={can && <LinkButton to="/imports/new">{t('forecast:none.action')}</LinkButton>}
      >
        {refused
          ? t(`forecast:none.${refused.why}`, {
              days: format.number(refused.days),
              daysNeeded: format.number(refused.daysNeeded),
              repeaters: format.number(refused.repeaters),
              repeatersNeeded: format.number(refused.repeatersNeeded),
            })
          : t('forecast:none.not_scored')}
      </EmptyState>
    </div>
  );
}
