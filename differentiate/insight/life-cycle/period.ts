import type { GapModel } from '@vinculo/value';

/** The period the risk is about: so many days, or so many times the typical gap between two purchases of this company's customers. */
export interface Period {
  unit: 'days' | 'gaps';
  value: number;
}

export const PERIOD: Period = { unit: 'gaps', value: 4 };
/** A period in gaps is never shorter or longer than this: a week of silence is no leaving, and a year ahead is no forecast. */
const WITHIN = { least: 30, most: 365 };

/** The same days for everybody, so that risks compare and expected losses add up. */
export function periodDays({ unit, value }: Period, gaps: GapModel): number {
  const days = unit === 'days' ? value : Math.min(Math.max(value * Math.exp(gaps.mean), WITHIN.least), WITHIN.most);
  return Math.max(1, Math.round(days));
}
