import type { NeedsDifference, NeedsGroup, NeedsOverview, NeedsProposal } from '@vinculo/insight/api/needs';
import { APART } from '@vinculo/value';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../ui/format.ts';
import type { Target } from '../../ui/link.tsx';

export type Overview = z.infer<typeof NeedsOverview>;
export type Group = z.infer<typeof NeedsGroup>;
export type Difference = z.infer<typeof NeedsDifference>;
export type Proposal = z.infer<typeof NeedsProposal>;

/** So many things describe a group on its card. */
const TOLD = 3;

/** Many lines and a great basket are one thing to say; who comes by one channel comes less by the others. */
const SAYS_THE_SAME: Partial<Record<Difference['feature'], string>> = { lines: 'basket', basket: 'basket', channel: 'channel' };

/** The list of a group's customers. */
export const customersOf = (id: string): Target => ({ to: '/customers', search: { needs: id, sort: '-revenue' } });

/** What most sets a group apart: strongest first, and one thing of those that say the same: of channels, one they come by. */
export function mainDifferences(differences: readonly Difference[], most = TOLD): Difference[] {
  const told: Difference[] = [];
  const comesBy = differences.find(({ feature, distance }) => feature === 'channel' && distance >= APART);
  for (const difference of differences) {
    if (told.length === most || Math.abs(difference.distance) < APART) break;
    if (difference.feature === 'channel' && comesBy && difference !== comesBy) continue;
    const same = told.some(
      ({ feature }) => SAYS_THE_SAME[difference.feature] !== undefined && SAYS_THE_SAME[difference.feature] === SAYS_THE_SAME[feature],
    );
    if (!same) told.push(difference);
  }
  return told;
}

/** Features of needs in words: their names, their values with their unit, a difference as a sentence. */
export function useNeedsWords(currency?: string) {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const value = (feature: Difference['feature'], amount: number): string => {
      if (feature === 'gap')
        return t('needs:days', {
          count: Math.round(amount),
          value: format.number(amount, amount < 10 && Math.round(amount * 10) % 10 !== 0 ? 1 : 0),
        });
      if (feature === 'basket') return format.money(amount, currency);
      if (feature === 'lines') return format.number(amount, 1);
      if (feature === 'variety') return format.number(amount, 2);
      if (feature === 'answer') return format.number(amount * 10, 1);
      return format.percent(amount);
    };
    return {
      value,
      name: ({ feature, subject }: Pick<Difference, 'feature' | 'subject'>) =>
        t(`needs:feature.${feature}`, { subject: subjectOf(feature, subject) }),
      definition: (feature: Difference['feature']) => t(`needs:definition.${feature}`),
      sentence: ({ feature, subject, inside, outside, distance }: Difference) =>
        t(`needs:sentence.${feature}.${distance > 0 ? 'more' : 'less'}`, {
          subject: subjectOf(feature, subject),
          inside: value(feature, inside),
          outside: value(feature, outside),
        }),
    };

    function subjectOf(feature: Difference['feature'], subject: string | null): string {
      return feature === 'channel'
        ? t(`customers:channel.${subject}`, { defaultValue: subject ?? '' }).toLocaleLowerCase()
        : (subject ?? '');
    }
  }, [t, format, currency]);
}
