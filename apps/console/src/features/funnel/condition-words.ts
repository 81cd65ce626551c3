import type { Condition as ConditionShape } from '@vinculo/insight/api/funnel';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useFormat } from '../../ui/format.ts';

export type Condition = z.infer<typeof ConditionShape>;

/** A condition as somebody would say it: «ha comprado 2 veces o más en los últimos 90 días». */
export function useConditionWords(): (condition: Condition) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const segments = useGet<{ items: { id: string; name: string }[] }>('/segments', { limit: 200 });
  const lately = (days: number | null) => (days === null ? '' : ` ${t('funnel:condition.lately', { count: days })}`);
  return (condition) => {
    switch (condition.kind) {
      case 'reachable':
        return t(`funnel:condition.reachable.${[...condition.ways].toSorted().join('_')}`);
      case 'consent':
        return condition.purpose === ''
          ? t('funnel:condition.consent.any')
          : t('funnel:condition.consent.purpose', { purpose: condition.purpose });
      case 'contacted':
        return t(`funnel:condition.contacted.${condition.direction}`) + lately(condition.days);
      case 'topic':
        return t('funnel:condition.topic', { word: condition.word }) + lately(condition.days);
      case 'bought':
        return t('funnel:condition.bought', { count: condition.times }) + lately(condition.days);
      case 'spent':
        return t('funnel:condition.spent', { money: format.moneyRound(condition.amount) }) + lately(condition.days);
      case 'stage':
        return t('funnel:condition.stage', { stages: format.list(condition.stages.map((stage) => t(`value:stage.${stage}`))) });
      case 'segment':
        return t('funnel:condition.segment', {
          segment: segments.data?.items.find(({ id }) => id === condition.segment)?.name ?? condition.segment,
        });
    }
  };
}
