// What a plan writes, as the lines of text both stores load fastest.
import { explainer, type PairExplanation, type Table } from '@vinculo/matching';
import { copyText, newId } from '@vinculo/postgres';
import { type CurrentLinks, type Reason, REASONS } from './current-links.ts';
import type { Kind } from './customer-record.ts';
import { DECIDED } from './decisions.ts';
import { type IdentityPlan, type PlanInput, type Tie, tieOf } from './identity-plan.ts';
import type { Linkage } from './link-records.ts';
import type { RecordTable } from './record-table.ts';

export interface LineInput {
  records: RecordTable;
  links: CurrentLinks;
  linkages: PlanInput['linkages'];
  plan: IdentityPlan;
  /** The moment of the run: as text for Postgres, and in microseconds since 1970. */
  at: { text: string; micros: number };
}

export const LINK_COLUMNS = ['id', 'record_id', 'customer_id', 'reason', 'evidence', 'valid_from'] as const;

/** COPY line of the link that ties a row to its customer from now on. */
export function linkLine(input: LineInput, row: number): string {
  const { records, links, plan, at } = input;
  const { reason, evidence } = whyOf(input, row);
  return `${newId()}\t${records.ids.text(row)}\t${links.customers.text(plan.customerAfter[row]!)}\t${reason}\t${evidence}\t${at.text}\n`;
}

/** Reason and evidence of a row's link, the evidence as COPY text: what it was joined to, and the weight of every field that said so. */
function whyOf(input: LineInput, row: number): { reason: Reason; evidence: string } {
  const { records, linkages } = input;
  const tie = tieOf(records, linkages, row);
  if (!tie) return { reason: 'alone', evidence: '{}' };
  const other = records.ids.text(tie.with);
  const { reason, rule } = reasonOf(input, row, tie);
  if (reason === 'person') return { reason, evidence: `{"record":"${other}"}` };
  const weighed = `"weight":${tie.weight.toFixed(2)},"probability":${Number(tie.probability.toFixed(6))},${termsOf(input, row, tie.with)}`;
  return { reason, evidence: copyText(`{"record":"${other}",${rule === '' ? '' : `"rule":${JSON.stringify(rule)},`}${weighed}}`) };
}

function reasonOf({ records, linkages }: LineInput, row: number, tie: Tie | undefined): { reason: Reason; rule: string } {
  if (!tie) return { reason: 'alone', rule: '' };
  if (tie.rule === DECIDED) return { reason: 'person', rule: '' };
  const rule = tie.rule === 0 ? '' : (linkages[records.kindOf(row)]!.model.settings.rules[tie.rule - 1]?.name ?? '');
  return { reason: rule === '' ? 'model' : 'rule', rule };
}

/** Prior and terms of a pair. Kept until asked for again: the first of a pair is often tied to the second as the second is to the first. */
function termsOf({ records, linkages }: LineInput, row: number, other: number): string {
  const kind = records.kindOf(row);
  const linkage = linkages[kind]!;
  const once = explained.get(linkage) ?? new Map<number, string>();
  explained.set(linkage, once);
  const key = Math.min(row, other) * 2 ** 26 + Math.max(row, other);
  const known = once.get(key);
  if (known !== undefined) {
    once.delete(key);
    return known;
  }
  const { localOf, table } = records.kinds[kind];
  const { prior, terms } = explainerOf(linkage, table)(localOf(row), localOf(other));
  const text = `"prior":${prior.toFixed(2)},"terms":${termList(terms)}`;
  once.set(key, text);
  return text;
}

const explained = new WeakMap<Linkage, Map<number, string>>();
const explainers = new WeakMap<Linkage, ReturnType<typeof explainer>>();

function explainerOf(linkage: Linkage, table: Table): ReturnType<typeof explainer> {
  const known = explainers.get(linkage) ?? explainer(table, linkage.model);
  explainers.set(linkage, known);
  return known;
}

/** `[[field, level, bits], …]` of the fields that said something. */
function termList(terms: PairExplanation['terms']): string {
  return `[${terms
    .filter(({ label }) => label !== 'missing')
    .map(({ field, label, weight }) => `["${field}","${label}",${weight.toFixed(2)}]`)
    .join(',')}]`;
}

/** Tab-separated line of the warehouse's identity table for a row whose link was opened now, or was looked at and kept. */
export function identityLine(input: LineInput, row: number, moved: boolean): string {
  const { records, links, plan, at, linkages } = input;
  const now = reasonOf(input, row, tieOf(records, linkages, row));
  const kept = REASONS[links.reasonOf[row]!]!;
  const reason = moved ? now.reason : kept;
  const rule = reason === 'rule' ? now.rule : '';
  const version = moved ? at.micros : links.sinceOf[row]!;
  return `${records.ids.text(row)}\t${links.customers.text(plan.customerAfter[row]!)}\t${reason}\t${rule}\t${records.versions[row]}\t${version}\n`;
}

export const CHANGE_COLUMNS = ['id', 'kind', 'customer_id', 'other_id', 'records', 'actor', 'detail', 'changed_at'] as const;

/** COPY lines of the changes of identity this plan makes to customers that existed: shown in their history, and undone from there. */
export function* changeLines({ records, links, plan, at }: LineInput): Generator<string> {
  const gone = new Map(plan.redirects.map(({ customer, into }) => [customer, into]));
  const actor = JSON.stringify({ kind: 'system', id: 'system', name: 'Vínculo' });
  for (const { from, to, rows } of plan.transfers) {
    const merged = gone.get(from) === to;
    const [former, later] = [links.customers.text(from), links.customers.text(to)];
    const ids = rows.map((row) => records.ids.text(row));
    const detail = {
      moves: ids.map((record) => ({ record, from: former, to: later })),
      redirects: merged ? [{ customer: former, before: null, after: later }] : [],
      made: [],
      withdrawn: [],
    };
    const [kind, customer, other] = merged ? ['merged', later, former] : ['split', former, later];
    yield `${newId()}\t${kind}\t${customer}\t${other}\t{${ids.join(',')}}\t${actor}\t${copyText(JSON.stringify(detail))}\t${at.text}\n`;
  }
}

/** What an event tells of a customer: made, or become another. */
export function eventsOf({ records, links, plan }: LineInput): {
  created: { id: string; kind: Kind }[];
  merged: { kept: string; gone: string }[];
} {
  const kinds = new Map<number, Kind>();
  for (const row of plan.moved) kinds.set(plan.customerAfter[row]!, records.kindOf(row));
  const text = links.customers.text;
  return {
    created: [...plan.created].map((customer) => ({ id: text(customer), kind: kinds.get(customer) ?? 'person' })),
    merged: plan.redirects.map(({ customer, into }) => ({ kept: text(into), gone: text(customer) })),
  };
}
