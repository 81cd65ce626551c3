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
  ES: { code: '34', lengths: [9], prefixes: kinds('6 7', '81 82 83 84 85 86 87 88 91 92 93 94 95 96 97 98', '51 70 80 90') },
  CO: { code: '57', lengths: [10], prefixes: kinds('3', '60', '') },
  CL: { code: '56', lengths: [9], prefixes: kinds('9', '2 3 4 5 6 7', '') },
  PE: { code: '51', lengths: [8, 9], trunk: '0', prefixes: kinds('9', '1 4 5 6 7 8', ''), length: { mobile: 9, landline: 8 } },
  EC: { code: '593', lengths: [8, 9], trunk: '0', prefixes: kinds('9', '2 3 4 5 6 7', ''), length: { mobile: 9, landline: 8 } },
  MX: { code: '52', lengths: [10], prefixes: kinds('', '', '2 3 4 5 6 7 8 9') },
  PT: { code: '351', lengths: [9], prefixes: kinds('91 92 93 96', '2', '30 7 8') },
  FR: { code: '33', lengths: [9], trunk: '0', prefixes: kinds('6 7', '1 2 3 4 5', '8 9') },
};

function kinds(mobile: string, landline: string, other: string): Record<string, PhoneKind> {
  const prefixes: Record<string, PhoneKind> = {};
  for (const [kind, list] of Object.entries({ mobile, landline, other })) {
    for (const prefix of list.split(' ')) if (prefix !== '') prefixes[prefix] = kind as PhoneKind;
  }
  return prefixes;
}

/** Calling code → plan. No code here is the start of another. */
export const PLAN_BY_CODE = new Map(Object.values(NUMBERING_PLANS).map((plan) => [plan.code, plan]));

/** The kind of a national number, or `undefined` when the plan has no such number. */
export function landlineOrMobile(plan: NumberingPlan, national: string): PhoneKind | undefined {
  if (!plan.lengths.includes(national.length)) return undefined;
  const kind = plan.prefixes[national.slice(0, 2)] ?? plan.prefixes[national[0]!];
  if (kind === undefined || plan.length === undefined) return kind;
  return (plan.length[kind] ?? national.length) === national.length ? kind : undefined;
}
