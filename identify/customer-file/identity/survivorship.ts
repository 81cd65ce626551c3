import { foldText } from '@vinculo/normalise';
import type { z } from 'zod';
import type { Survivorship as SurvivorshipSchema, SurvivorshipRule } from '../api/identity.ts';
import type { FieldChoice } from './field-choices.ts';
import { GROUPS, groupOf, isGolden, isValid, type TraitRecord, valueOf } from './traits.ts';

export type Rule = z.output<typeof SurvivorshipRule>;
/** Rules by field (`name` and `address` stand for their groups), in the order they decide. */
export type Survivorship = z.output<typeof SurvivorshipSchema>;

export interface GoldenValue {
  value: string;
  /** The source record it came from. */
  record: string;
  source: string;
  /** The rule that decided, or the first one where every record agreed; `person` where somebody entered or chose it. */
  rule: Rule | 'person';
  /** Who did, and when (ISO 8601). */
  by?: string;
  at?: string;
}
/** The golden record: by field, the value in force and where it came from. */
export type Golden = Record<string, GoldenValue>;

export const DEFAULT_SURVIVORSHIP: Survivorship = {
  default: ['most_recent', 'most_trusted'],
  fields: {
    name: ['most_complete', 'most_frequent', 'most_trusted', 'most_recent'],
    company: ['most_frequent', 'most_complete', 'most_trusted'],
    email: ['most_recent', 'most_trusted'],
    phone: ['most_recent', 'most_trusted'],
    mobile: ['most_recent', 'most_trusted'],
    address: ['most_recent', 'most_complete'],
    national_id: ['most_frequent', 'most_trusted'],
    birth_date: ['most_frequent', 'most_trusted'],
    gender: ['most_frequent', 'most_trusted'],
  },
};

/** What one record offers for one field or group. */
interface Candidate {
  from: TraitRecord;
  values: string[];
  folded: string;
  /** Whole words count 2, initials 1. */
  completeness: number;
  frequency: number;
}

/**
 * The golden record of one customer. Pure: the same records and rules give the same result in any order.
 *
 * Valid values win over invalid ones before any rule is asked. Each rule keeps the candidates it likes best and hands
 * them to the next; what is still tied goes to the more trusted source, then the newer record, then the lower id.
 */
export function survive(records: readonly TraitRecord[], rules: Survivorship): Golden {
  const golden: Golden = {};
  const first = records[0]!;
  if (records.length === 1) {
    // Half of all customers: nothing to choose.
    for (const field in first.traits) {
      const value = valueOf(first.traits, field);
      if (value === '' || !isGolden(field)) continue;
      const choice = first.chosen?.get(groupOf(field));
      golden[field] = {
        value,
        record: first.record,
        source: first.source,
        rule: choice ? 'person' : rulesFor(rules, field)[0]!,
        ...choice,
      };
    }
    return golden;
  }
  const done = new Set<string>();
  for (const { traits } of records) {
    for (const field in traits) {
      const group = groupOf(field);
      if (done.has(group) || !isGolden(field) || valueOf(traits, field) === '') continue;
      done.add(group);
      const fields = GROUPS[group] ?? [field];
      const chosen = latestChoice(records, group, fields);
      if (chosen) {
        keep(golden, fields, chosen.record, 'person', chosen.choice);
        continue;
      }
      const applied = rulesFor(rules, group);
      const unanimous = agreed(records, fields);
      if (unanimous) keep(golden, fields, unanimous, applied[0]!);
      else {
        const won = choose(candidatesOf(records, fields), applied);
        keep(golden, fields, won.candidate.from, won.rule);
      }
    }
  }
  return golden;
}

/** The record a person decided to take the field from; of several, the one decided last. One that no longer says anything counts for nothing. */
function latestChoice(records: readonly TraitRecord[], group: string, fields: readonly string[]) {
  let latest: { record: TraitRecord; choice: FieldChoice } | undefined;
  for (const record of records) {
    const choice = record.chosen?.get(group);
    if (!choice || fields.every((field) => valueOf(record.traits, field) === '')) continue;
    if (!latest || choice.at > latest.choice.at || (choice.at === latest.choice.at && record.record < latest.record.record))
      latest = { record, choice };
  }
  return latest;
}

/** The record to name as the origin when all that say anything say the very same, and nothing of it is invalid; else undefined. */
function agreed(records: readonly TraitRecord[], fields: readonly string[]): TraitRecord | undefined {
  let best: TraitRecord | undefined;
  for (const record of records) {
    const { traits } = record;
    let says = false;
    for (const field of fields) if (valueOf(traits, field) !== '') says = true;
    if (!says) continue;
    if (!isValid(traits, fields)) return undefined;
    if (best) for (const field of fields) if (valueOf(traits, field) !== valueOf(best.traits, field)) return undefined;
    if (!best || precedes(record, best)) best = record;
  }
  return best;
}

/** The rules of a field: its own, else those of its group, else the default ones. */
export function rulesFor(rules: Survivorship, field: string): Rule[] {
  return rules.fields[field] ?? rules.fields[groupOf(field)] ?? rules.default;
}

function keep(
  golden: Golden,
  fields: readonly string[],
  { record, source, traits }: TraitRecord,
  rule: GoldenValue['rule'],
  choice?: FieldChoice,
): void {
  for (const field of fields) {
    const value = valueOf(traits, field);
    if (value !== '') golden[field] = { value, record, source, rule, ...choice };
  }
}

function candidatesOf(records: readonly TraitRecord[], fields: readonly string[]): Candidate[] {
  const all: Candidate[] = [];
  const valid: Candidate[] = [];
  for (const from of records) {
    const values = fields.map((field) => valueOf(from.traits, field));
    if (values.every((value) => value === '')) continue;
    const candidate = { from, values, folded: values.map(foldText).join('\n'), completeness: completenessOf(values), frequency: 0 };
    all.push(candidate);
    if (isValid(from.traits, fields)) valid.push(candidate);
  }
  const candidates = valid.length > 0 ? valid : all;
  const counts = new Map<string, number>();
  for (const { folded } of candidates) counts.set(folded, (counts.get(folded) ?? 0) + 1);
  for (const candidate of candidates) candidate.frequency = counts.get(candidate.folded)!;
  return candidates;
}

const LIKES: Record<Rule, (candidate: Candidate) => number> = {
  most_trusted: ({ from }) => from.trust,
  most_recent: ({ from }) => from.changedAt,
  most_complete: ({ completeness }) => completeness,
  most_frequent: ({ frequency }) => frequency,
};

function choose(candidates: Candidate[], rules: readonly Rule[]): { candidate: Candidate; rule: Rule } {
  let left = candidates;
  let decided: Rule = rules[0]!;
  for (const rule of rules) {
    if (sameValue(left)) break;
    const likes = LIKES[rule];
    const best = Math.max(...left.map(likes));
    const kept = left.filter((candidate) => likes(candidate) === best);
    if (kept.length < left.length) decided = rule;
    left = kept;
  }
  return { candidate: left.reduce((best, next) => (breakTie(next, best) < 0 ? next : best)), rule: decided };
}

const sameValue = (candidates: Candidate[]) => candidates.every(({ folded }) => folded === candidates[0]!.folded);

/** Among equals: whoever wrote the accents, then as {@link precedes} says. */
function breakTie(a: Candidate, b: Candidate): number {
  return (a.folded === b.folded ? accents(b) - accents(a) : 0) || (precedes(a.from, b.from) ? -1 : 1);
}

/** The more trusted source, then the newer record, then the lower id, so that the order of the records never matters. */
function precedes(a: TraitRecord, b: TraitRecord): boolean {
  if (a.trust !== b.trust) return a.trust > b.trust;
  return a.changedAt === b.changedAt ? a.record < b.record : a.changedAt > b.changedAt;
}

function accents({ values }: Candidate): number {
  let count = 0;
  for (const value of values) for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 127) count++;
  return count;
}

function completenessOf(values: readonly string[]): number {
  let sum = 0;
  for (const value of values) {
    if (value === '') continue;
    for (const word of value.split(' ')) sum += word.replace('.', '').length > 1 ? 2 : 1;
  }
  return sum;
}
