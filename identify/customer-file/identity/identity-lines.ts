// What a plan writes, as the lines of text both stores load fastest.
import { explainer, type PairExplanation, type Table } from '@vinculo/matching';
import { copyText, newId } from '@vinculo/postgres';
import { type CurrentLinks, REASONS } from './current-links.ts';
import type { Kind } from './customer-record.ts';
import { DECIDED } from './decisions.ts';
import { type IdentityPlan, type PlanInput, tieOf } from './identity-plan.ts';
import type { Linkage } from './link-records.ts';
import type { RecordTable } from './record-table.ts';

export interface LineInput {
  records: RecordTable;
  links: CurrentLinks;
  linkages: PlanInput['linkages'];
  plan: IdentityPlan;
  /** Why each row is with its customer, kept apart from the linkages so that these can be let go. */
  why: Why;
  /** The moment of the run: as text for Postgres, and in microseconds since 1970. */
  at: { text: string; micros: number };
}

/** By row: index in REASONS, and index in `names` of the rule. */
export interface Why {
  reasons: Uint8Array;
  rules: Uint8Array;
  names: string[];
}

export function whyOf(records: RecordTable, linkages: PlanInput['linkages']): Why {
  const { rows, kindOf } = records;
  const why: Why = { reasons: new Uint8Array(rows), rules: new Uint8Array(rows), names: [''] };
  const codes = new Map([['', 0]]);
  for (let row = 0; row < rows; row++) {
    const tie = tieOf(records, linkages, row);
    const rule = tie && tie.rule !== DECIDED && tie.rule > 0 ? (linkages[kindOf(row)]!.model.settings.rules[tie.rule - 1]?.name ?? '') : '';
    let code = codes.get(rule);
    if (code === undefined) codes.set(rule, (code = why.names.push(rule) - 1));
    why.rules[row] = code;
    why.reasons[row] = REASONS.indexOf(!tie ? 'alone' : tie.rule === DECIDED ? 'person' : rule === '' ? 'model' : 'rule');
  }
  return why;
}

export const LINK_COLUMNS = ['id', 'record_id', 'customer_id', 'reason', 'evidence', 'valid_from'] as const;

/** COPY line of the link that ties a row to its customer from now on. */
export function linkLine(input: LineInput, row: number): string {
  const { records, links, plan, why, at } = input;
  const customer = links.customers.text(plan.customerAfter[row]!);
  return `${newId()}\t${records.ids.text(row)}\t${customer}\t${REASONS[why.reasons[row]!]}\t${evidenceOf(input, row)}\t${at.text}\n`;
}

/** The evidence of a row's link as COPY text: what it was joined to, how surely, and for doubtful ones the weight of every field. */
function evidenceOf(input: LineInput, row: number): string {
  const { records, linkages, why } = input;
  const tie = tieOf(records, linkages, row);
  if (!tie) return '{}';
  const other = records.ids.text(tie.with);
  if (tie.rule === DECIDED) return `{"record":"${other}"}`;
  const rule = why.names[why.rules[row]!]!;
  const named = rule === '' ? '' : `"rule":${copyText(JSON.stringify(rule))},`;
  const terms = tie.probability < BEYOND_DOUBT ? `,${termsOf(input, row, tie.with)}` : '';
  return `{"record":"${other}",${named}"weight":${tie.weight.toFixed(2)},"probability":${Math.round(tie.probability * 1e6) / 1e6}${terms}}`;
}

/** Of the pairs that somebody may want to look into, the weights are kept as they were; of the others they are worked out when asked for. */
const BEYOND_DOUBT = 0.9999;

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
  // In a chain of three the middle is asked for once only: what nobody comes back for must not pile up.
  if (once.size >= MOST_REMEMBERED) once.clear();
  once.set(key, text);
  return text;
}

const MOST_REMEMBERED = 50_000;
const explained = new WeakMap<Linkage, Map<number, string>>();
const explainers = new WeakMap<Linkage, ReturnType<typeof explainer>>();

function explainerOf(linkage: Linkage, table: Table): ReturnType<typeof explainer> {
  const known = explainers.get(linkage) ?? explainer(table, linkage.model);
  explainers.set(linkage, known);
  return known;
}

/** `[[field, level, bits], …]` of the fields that said something. */
function termList(terms: PairExplanation['terms']): string {
  let list = '';
  for (const { field, label, weight } of terms) {
    if (label !== 'missing') list += `${list === '' ? '' : ','}["${field}","${label}",${Math.round(weight * 100) / 100}]`;
  }
  return `[${list}]`;
}

/** Tab-separated line of the warehouse's identity table for a row whose link was opened now, or was looked at and kept. */
export function identityLine(input: LineInput, row: number, moved: boolean): string {
  const { records, links, plan, at, why } = input;
  const reason = REASONS[moved ? why.reasons[row]! : links.reasonOf[row]!]!;
  const rule = reason === 'rule' ? why.names[why.rules[row]!]! : '';
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

/** What events tell of customers: made, or become another; undefined when there are more than `most`. */
export function eventsOf({ records, links, plan }: LineInput, most: number): IdentityEvents | undefined {
  if (plan.created.size + plan.redirects.length > most) return undefined;
  const kinds = new Map<number, Kind>();
  for (const row of plan.moved) if (plan.created.has(plan.customerAfter[row]!)) kinds.set(plan.customerAfter[row]!, records.kindOf(row));
  const text = links.customers.text;
  return {
    created: [...kinds].map(([customer, kind]) => ({ id: text(customer), kind })),
    merged: plan.redirects.map(({ customer, into }) => ({ kept: text(into), gone: text(customer) })),
  };
}

export interface IdentityEvents {
  created: { id: string; kind: Kind }[];
  merged: { kept: string; gone: string }[];
}
