import { useTranslation } from 'react-i18next';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid, Text } from '../../ui/kit.ts';
import type { Health } from './verdict.ts';

/** The one truth there is besides the model: what people decided. */
export function People({ health: { since } }: { health: Health }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!since) return <Text size="sm">{t('linkage:health.notMeasured')}</Text>;
  const { decisions, agreed, precision, recall } = since.agreement;
  if (decisions === 0) return <Text size="sm">{t('linkage:health.peopleNone')}</Text>;
  return (
    <SimpleGrid cols={2} spacing="lg">
      <Figure label={t('linkage:health.decisions')} value={format.number(decisions)} />
      <Figure label={t('linkage:health.agreed')} value={format.percent(agreed / decisions, 0)} />
      {precision !== null && <Figure label={t('linkage:health.peoplePrecision')} value={format.percent(precision, 0)} />}
      {recall !== null && <Figure label={t('linkage:health.peopleRecall')} value={format.percent(recall, 0)} />}
    </SimpleGrid>
  );
}
