import { APART } from '@vinculo/value';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { type Difference, useNeedsWords } from './needs-words.ts';

/** Everything in which a group is not like the others, strongest first, each with how far. */
export function AllDifferences({ differences, currency }: { differences: readonly Difference[]; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useNeedsWords(currency);
  const apart = differences.filter(({ distance }) => Math.abs(distance) >= APART);
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('needs:definition.distance')}
      </Text>
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>
        {apart.map((difference) => (
          <li key={`${difference.feature} ${difference.subject}`}>
            <Text span size="sm">
              {words.sentence(difference)}
            </Text>{' '}
            <Text span size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {difference.distance > 0 ? '+' : ''}
              {format.number(difference.distance, 1)}
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}
