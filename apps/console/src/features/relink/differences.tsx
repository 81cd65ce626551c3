import { useTranslation } from 'react-i18next';
import { Text } from '../../ui/kit.ts';
import { type Difference, differencesOf, type Settings } from './edit-rules.ts';
import { useLinkageWords } from './use-linkage-words.ts';

/** What changes between two sets of rules, a sentence each. */
export function Differences({ before, after }: { before: Settings; after: Settings }) {
  const { t } = useTranslation();
  const words = useLinkageWords();
  const share = (threshold: number | 'auto') => (threshold === 'auto' ? t('linkage:change.diff.auto') : words.threshold(threshold));
  const sentence = (difference: Difference): string => {
    if (difference.what === 'threshold')
      return t('linkage:change.diff.threshold', { before: share(difference.before), after: share(difference.after) });
    if (difference.what === 'other') return t('linkage:change.diff.other');
    const { what, name } = difference;
    if (what === 'ruleOn' || what === 'ruleOff') return t(`linkage:change.diff.${what}`, { rule: words.rule(name) });
    if (what === 'apartOn' || what === 'apartOff') return t(`linkage:change.diff.${what}`, { rule: words.apart(name) });
    return t(`linkage:change.diff.${what}`, { field: words.field(name) });
  };
  const differences = differencesOf(before, after);
  if (differences.length === 0) return <Text size="sm">{t('linkage:change.noDifference')}</Text>;
  return (
    <Text size="sm" component="ul" m={0} pl="lg">
      {differences.map((difference) => (
        <li key={JSON.stringify(difference)}>{sentence(difference)}</li>
      ))}
    </Text>
  );
}
