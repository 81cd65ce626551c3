// A name for a group out of what sets it apart: «Bebidas y limpieza · cestas grandes». People give better ones.
import { LANGUAGES, type Language, translator } from '@vinculo/languages';
import { APART } from '@vinculo/value';
import type { NeedsDifference } from './learn-groups.ts';

/** What there is little of names a group only when nothing else does. */
const LITTLE = 0.5;
/** What they buy says more of a need than when and how. */
const BOUGHT = 1.3;
/** The share of purchases from which on they come by a channel, not only more than others do. */
const MOSTLY = 0.5;
const LONGEST = 3;

/** The differences that name a group: at most two things it has much of, or else what it has little of. */
function telling(differences: readonly NeedsDifference[], wanted: number): NeedsDifference[] {
  const strong = differences.filter(({ distance }) => Math.abs(distance) >= APART);
  const ranked = strong.toSorted((a, b) => rank(b) - rank(a));
  const chosen: NeedsDifference[] = [];
  for (const difference of ranked) {
    if (chosen.length === wanted) break;
    // Many lines and a great basket are one thing to say, and so are a little of every other category.
    if (chosen.some((other) => sameWords(other, difference))) continue;
    chosen.push(difference);
  }
  return chosen;
}

const BASKETS = new Set(['basket', 'lines']);
const sameWords = (a: NeedsDifference, b: NeedsDifference) =>
  (BASKETS.has(a.feature) && BASKETS.has(b.feature)) ||
  // Whoever comes by one channel comes less by the others.
  (a.feature === b.feature && (a.feature === 'channel' || (a.distance < 0 && b.distance < 0)));

function rank(difference: NeedsDifference): number {
  const { feature, distance } = difference;
  if (isBought(difference)) return BOUGHT * distance;
  const named = feature === 'category' || feature === 'answer' || feature === 'channel';
  return named && distance < 0 ? -distance * LITTLE : Math.abs(distance);
}

const isBought = ({ feature, distance }: NeedsDifference) => feature === 'category' && distance > 0;

function words(language: Language, differences: readonly NeedsDifference[]): string {
  const t = translator(language);
  if (differences.length === 0) return t('needs:name.ordinary');
  // Who comes by web more than others may still come mostly in person.
  const degree = ({ feature, inside, distance }: NeedsDifference) =>
    distance < 0 ? 'less' : feature === 'channel' && inside >= MOSTLY ? 'most' : 'more';
  const phrase = (difference: NeedsDifference) => {
    const { feature, subject } = difference;
    return t(`needs:name.${feature}.${degree(difference)}`, {
      subject:
        feature === 'channel' ? t(`customers:channel.${subject}`, { defaultValue: subject ?? '' }).toLocaleLowerCase(language) : subject,
    });
  };
  // «Bebidas y Panadería, por web»: what they buy in one breath, then how.
  const bought = differences.filter(isBought).map(phrase);
  const how = differences.filter((difference) => !isBought(difference)).map(phrase);
  const all = [...(bought.length > 0 ? [new Intl.ListFormat(language, { type: 'conjunction' }).format(bought)] : []), ...how].join(', ');
  return all.charAt(0).toLocaleUpperCase(language) + all.slice(1);
}

/** Names of all groups at once: two groups are never called the same. */
export function proposeNames(groups: readonly { differences: readonly NeedsDifference[] }[]): Record<Language, string>[] {
  const lengths = groups.map(() => 2);
  const name = (group: number, language: Language) => words(language, telling(groups[group]!.differences, lengths[group]!));
  for (let group = 1; group < groups.length; group++) {
    const taken = () => groups.slice(0, group).some((_, other) => name(other, 'es') === name(group, 'es'));
    while (taken() && lengths[group]! < LONGEST + 2) lengths[group]!++;
  }
  return groups.map((_, group) => {
    const same = groups.slice(0, group).filter((_, other) => name(other, 'es') === name(group, 'es')).length;
    return Object.fromEntries(
      LANGUAGES.map((language) => [language, same > 0 ? `${name(group, language)} (${same + 1})` : name(group, language)]),
    ) as Record<Language, string>;
  });
}
