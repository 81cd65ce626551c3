import { useTranslation } from 'react-i18next';
import type { Rejected } from './schemas.ts';

/** Why an event was rejected, where in it, and what to do about it. */
export function useRejectedWords() {
  const { t } = useTranslation();
  return {
    title: ({ reason }: Pick<Rejected, 'reason'>) => t(`events:reason.${reason}.title`),
    advice: ({ reason }: Pick<Rejected, 'reason'>) => t(`events:reason.${reason}.advice`),
    /** `properties.total: «doce»`; no more than where, for readers who may not see what stood there. */
    where: ({ field, value }: Pick<Rejected, 'field' | 'value'>) =>
      field === '' ? '' : value === '' ? field : t('events:rejected.at', { field, value }),
  };
}
