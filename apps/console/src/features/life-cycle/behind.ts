import type { Target } from '../../ui/link.tsx';

type Words = Record<string, string | number | undefined>;

/** The lists behind the numbers of the life cycle. */
export const behind = {
  stage: (stage: string): Target =>
    stage === 'prospect' ? { to: '/customers', search: { buyers: 'no' } } : { to: '/customers', search: { stage, sort: '-revenue' } },
  move: (before: string, after: string): Target => ({ to: '/life-cycle/customers', search: { before, after } }),
  lostIn: (month: string, whose: Words): Target => ({ to: '/life-cycle/customers', search: { ...whose, lostIn: month } }),
  cohort: (cohort: string, since: number | undefined, whose: Words): Target => ({
    to: '/life-cycle/customers',
    search: { ...whose, cohort, ...(since === undefined ? {} : { since }) },
  }),
  risk: (stage?: string): Target => ({ to: '/life-cycle', search: { tab: 'risk', stage } }),
};
