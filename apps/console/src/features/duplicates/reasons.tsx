import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import type { Overview } from './duplicates.tsx';

/** Why records are where they are, one sentence a reason, the most frequent first. */
export function Reasons({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasons = overview.reasons.toSorted((a, b) => b.records - a.records);
  return (
    <Text
      size="sm"
      component="ul"
      m={0}
      p={0}
      style={{ listStyle: 'none', display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '8px 12px' }}
    >
      {reasons.map(({ reason, rule, records }) => (
        <li key={`${reason} ${rule}`} style={{ display: 'contents' }}>
          <b style={{ textAlign: 'end' }}>{format.number(records)}</b>
          <span>
            {rule
              ? t('duplicates:reason.rule', { rule: t(`identity:rule.${rule}`, { defaultValue: rule }) })
              : t(`duplicates:reason.${reason}`)}
          </span>
        </li>
      ))}
    </Text>
  );
}
