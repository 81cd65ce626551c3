import type { CountryCode } from 'libphonenumber-js/min';

export type PhoneKind = 'mobile' | 'landline' | 'other';

export interface NumberingPlan {
  /** Country calling code. */
  code: string;
  /** Lengths of the national number, ascending. */
  lengths: readonly number[];
  /** Dialled at home before the number and dropped from E.164. */
  trunk?: string;
  /** First digits (the longest listed prefix wins) → kind. A number whose start is not listed is not valid. */
  prefixes: Readonly<Record<string, PhoneKind>>;
  /** When numbers of one kind have one length. */
  length?: Partial<Record<PhoneKind, number>>;
}

/**
 * The plans of the countries most of our files come from, so that their numbers never reach libphonenumber.
 * Source: ITU-T E.164 national numbering plans (Spain: Plan Nacional de Numeración Telefónica, RD 2296/2004; Colombia: CRC 5826/2019).
 */
export const NUMBERING_PLANS: Partial<Record<CountryCode, NumberingPlan>> = {
  ES: {
    code: '34',
    lengths: [9],
    prefixes: {
      ...{ 6: 'mobile', 7: 'mobile', 70: 'other', 51: 'other', 59: 'other', 80: 'other', 90: 'other' },
      ...{ 81: 'landline', 82: 'landline', 83: 'landline', 84: 'landline', 85: 'landline', 86: 'landline', 87: 'landline', 88: 'landline' },
      ...{ 91: 'landline', 92: 'landline', 93: 'landline', 94: 'landline', 95: 'landline', 96: 'landline', 97: 'landline', 98: 'landline' },
    },
  },
  CO: { code: '57', lengths: [10], prefixes: { 3: 'mobile', 60: 'landline' } },
  CL: {
    code: '56',
    lengths: [9],
    prefixes: { 9: 'mobile', 2: 'landline', 3: 'landline', 4: 'landline', 5: 'landline', 6: 'landline', 7: 'landline' },
  },
  PE: {
    code: '51',
    lengths: [8, 9],
    trunk: '0',
    prefixes: { 9: 'mobile', 1: 'landline', 4: 'landline', 5: 'landline', 6: 'landline', 7: 'landline', 8: 'landline' },
    length: { mobile: 9, landline: 8 },
  },
  EC: {
    code: '593',
    lengths: [8, 9],
    trunk: '0',
    prefixes: { 9: 'mobile', 2: 'landline', 3: 'landline', 4: 'landline', 5: 'landline', 6: 'landline', 7: 'landline' },
    length: { mobile: 9, landline: 8 },
  },
  MX: {
    code: '52',
    lengths: [10],
    prefixes: { 2: 'other', 3: 'other', 4: 'other', 5: 'other', 6: 'other', 7: 'other', 8: 'other', 9: 'other' },
  },
  PT: {
    code: '351',
    lengths: [9],
    prefixes: { 91: 'mobile', 92: 'mobile', 93: 'mobile', 96: 'mobile', 2: 'landline', 3: 'other', 7: 'other', 8: 'other' },
  },
  FR: {
    code: '33',
    lengths: [9],
    trunk: '0',
    prefixes: {
      6: 'mobile',
      7: 'mobile',
      1: 'landline',
      2: 'landline',
      3: 'landline',
      4: 'landline',
      5: 'landline',
      8: 'other',
      9: 'other',
    },
  },
};

/** Calling code → plan. No code here is the start of another. */
export const PLAN_BY_CODE = new Map(Object.values(NUMBERING_PLANS).map((plan) => [plan.code, plan]));

/** The kind of a national number, or `undefined` when the plan has no such number. */
export function landlineOrMobile(plan: NumberingPlan, national: string): PhoneKind | undefined {
  if (!plan.lengths.includes(national.length)) return undefined;
  const kind = plan.prefixes[national.slice(0, 2)] ?? plan.prefixes[national[0]!];
  if (kind === undefined || plan.length === undefined) return kind;
  return (plan.length[kind] ?? national.length) === national.length ? kind : undefined;
}
