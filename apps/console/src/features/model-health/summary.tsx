import { useTranslation } from 'react-i18next';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '../../ui/icons.ts';
import { SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import { useLinkageWords } from '../relink/use-linkage-words.ts';
import { type Health, verdictOf } from './verdict.ts';

const SIGN = { good: IconCheck, watch: IconAlertTriangle, bad: IconAlertTriangle, unknown: IconInfoCircle, few: IconInfoCircle } as const;
const COLOR = { good: 'var(--v-better)', watch: undefined, bad: 'var(--v-worse)', unknown: undefined, few: undefined } as const;

/** The verdict first, then the numbers. */
export function Summary({ health }: { health: Health }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useLinkageWords();
  const { is, fields } = verdictOf(health);
  const Sign = SIGN[is];
  return (
    <Stack gap="md">
      <Text size="lg" fw={500} c={COLOR[is]}>
        <Sign size={18} aria-hidden style={{ verticalAlign: -3, marginInlineEnd: 6 }} />
        {t(`linkage:health.verdict.${is}`, { fields: format.list(fields.map(words.field)) })}
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="lg">
        <Figure
          label={t('linkage:health.trainedAt')}
          value={format.date(health.trainedAt)}
          note={t('linkage:health.trainedOn', { shown: format.number(health.records) })}
        />
        {health.precision !== null && (
          <Figure
            label={t('linkage:health.precision')}
            definition={t('duplicates:definition.precision')}
            value={format.percent(health.precision, 1)}
          />
        )}
        {health.recall !== null && (
          <Figure
            label={t('linkage:health.recall')}
            definition={t('duplicates:definition.recall')}
            value={format.percent(health.recall, 1)}
          />
        )}
        <Figure label={t('linkage:health.threshold')} value={words.threshold(health.threshold)} />
        {health.figures && <Figure label={t('linkage:health.linked')} value={format.percent(health.figures.linked, 1)} />}
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {t(health.converged ? 'linkage:health.converged' : 'linkage:health.notConverged')}{' '}
        {health.untrained.length > 0 && t('linkage:health.untrained', { fields: format.list(health.untrained.map(words.field)) })}{' '}
        {health.missed === null && t('linkage:health.missedUnknown')}
      </Text>
    </Stack>
  );
}
