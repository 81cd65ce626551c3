import { useTranslation } from 'react-i18next';

/** What a step is called: as the company calls it, else as we do. */
export function useStepName(): (step: { id: string; name: string | null }) => string {
  const { t } = useTranslation();
  return ({ id, name }) => name ?? t(`funnel:step.${id}`, { defaultValue: id });
}
