// What a plan writes, as the lines of text both stores load fastest.
import type { Settings } from '@vinculo/matching';
import { copyText, newId } from '@vinculo/postgres';
import { type CurrentLinks, type Reason, REASONS } from './current-links.ts';
import type { Kind } from './customer-record.ts';
import { DECIDED } from './decisions.ts';
import { type IdentityPlan, type PlanInput, tieOf } from './identity-plan.ts';
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

/** Reason and evidence of a row's link, the evidence as COPY text. */
function whyOf({ records, linkages }: LineInput, row: number): { reason: Reason; evidence: string } {
  const tie = tieOf(records, linkages, row);
  if (!tie) return { reason: 'alone', evidence: '{}' };
  const other = records.ids.text(tie.with);
  if (tie.rule === DECIDED) return { reason: 'person', evidence: `{"with":"${other}"}` };
  const rule = ruleName(linkages[records.kindOf(row)]!.model.settings, tie.rule);
  const weights = `"with":"${other}","weight":${tie.weight.toFixed(3)},"probability":${Number(tie.probability.toFixed(6))}`;
  if (rule === '') return { reason: 'model', evidence: `{${weights}}` };
  return { reason: 'rule', evidence: copyText(`{"rule":${JSON.stringify(rule)},${weights}}`) };
}

const ruleName = (settings: Settings, rule: number) => (rule === 0 ? '' : (settings.rules[rule - 1]?.name ?? ''));

/** Tab-separated line of the warehouse's identity table for a row whose link was opened now, or was looked at and kept. */
export function identityLine(input: LineInput, row: number, moved: boolean): string {
  const { records, links, plan, at, linkages } = input;
  const why = moved ? whyOf(input, row).reason : REASONS[links.reasonOf[row]!]!;
  const tie = why === 'rule' ? tieOf(records, linkages, row) : undefined;
  const rule = tie ? ruleName(linkages[records.kindOf(row)]!.model.settings, tie.rule) : '';
  const version = moved ? at.micros : links.sinceOf[row]!;
  return `${records.ids.text(row)}\t${links.customers.text(plan.customerAfter[row]!)}\t${why}\t${rule}\t${records.versions[row]}\t${version}\n`;
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
