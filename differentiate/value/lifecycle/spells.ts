import type { GapModel } from './gap-model.ts';
import { lnDays } from './ln-days.ts';
import { gapDays, gapReaches, rhythmOf } from './rhythm.ts';
import type { Thresholds } from './stage.ts';
import type { Visits } from './visits.ts';

/** A time somebody was a customer: from the first purchase, or the return, to the day the silence made them lost. */
export interface Spell {
  from: number;
  /** Day they were lost; −1 while they are not. */
  until: number;
  /** Place of the spell's last visit among the customer's. */
  last: number;
}

/**
 * The times a customer was one, up to `day`. Each silence is judged by the gaps before it, as it was judged then, so that a
 * month's churn never changes because of what was bought later.
 */
export function spellsOf(model: GapModel, rules: Thresholds, { days, from, to }: Visits, day: number): Spell[] {
  const spells: Spell[] = [];
  let began = -1;
  let [sum, squares] = [0, 0];
  for (let i = from; i < to && days[i]! <= day; i++) {
    if (began < 0) began = days[i]!;
    const next = i + 1 < to ? Math.min(days[i + 1]!, day + 1) : day + 1;
    const silence = i + 1 < to && days[i + 1]! <= day ? next - days[i]! : day - days[i]!;
    const rhythm = rhythmOf(model, i - from, sum, squares);
    if (gapReaches(rhythm, silence, rules.lostDeviate)) {
      const lost = Math.min(days[i]! + Math.ceil(gapDays(rhythm, rules.lost)), days[i]! + silence);
      spells.push({ from: began, until: lost, last: i });
      began = -1;
    }
    if (i + 1 < to) {
      const log = lnDays(days[i + 1]! - days[i]!);
      sum += log;
      squares += log * log;
    }
  }
  if (began >= 0) spells.push({ from: began, until: -1, last: lastUntil(days, from, to, day) });
  return spells;
}

function lastUntil(days: ArrayLike<number>, from: number, to: number, day: number): number {
  let last = to - 1;
  while (last > from && days[last]! > day) last--;
  return last;
}
