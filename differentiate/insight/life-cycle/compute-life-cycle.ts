// What scoring finds out of every customer's rhythm: in a thread, over typed arrays, without an object a customer.
import {
  type ChurnColumns,
  churnColumns,
  type ChurnModel,
  churnRisks,
  churnRow,
  type Circumstances,
  type GapModel,
  learnChurn,
  learnGaps,
  lnDays,
  type PastCustomers,
  rhythmDays,
  type Spell,
  spellsOf,
  type Stage,
  type StageRules,
  type Standing,
  standingOn,
  type Thresholds,
  thresholdsOf,
  type Trend,
  trendOn,
  type Visits,
} from '@vinculo/value';
import { contactDays } from './contact-days.ts';
import type { HistoryTable } from './history-table.ts';
import { type Period, periodDays } from './period.ts';

export interface LifeCycleTask {
  /** Day everything is about, since 1970-01-01. */
  asOf: number;
  rules: StageRules;
  period: Period;
}

export interface Learned {
  gaps: GapModel;
  churn: ChurnModel;
  /** Days of the period the risk is about. */
  period: number;
}

/** One customer as computed. */
export interface CustomerFound {
  customer: number;
  standing: Standing;
  before: Stage;
  firstDay: number;
  lastDay: number;
  brought: number;
  periodValue: number;
  risk: number;
  trend: Trend;
  around: Circumstances;
  /** Row of this batch's columns and contributions. */
  row: number;
  adds: ReturnType<typeof churnRisks>['adds'];
  spells: readonly SpellFound[];
}

/** With what the customer brought in its last year. */
type SpellFound = Spell & { brought: number };

/** How long before it is looked back to see who moved. */
export const MOVED_DAYS = 30;
/** Customers of each past day that teach; more teach no better and take longer. */
const MOST_PAST = 30_000;
/** Few at a time, so that what is made for one batch is gone before the next. */
const BATCH = 2_000;
const YEAR = 365;
const CONTACT_SPAN = 182;

export type Contacts = ReturnType<typeof contactDays>;

/** Learns the base's rhythm and, from its own past, who leaves. */
export function learnLifeCycle(table: HistoryTable, contacts: Contacts, { asOf, rules, period }: LifeCycleTask): Learned {
  const gaps = baseGaps(table);
  const days = periodDays(period, gaps);
  const thresholds = thresholdsOf(rules);
  const past = (day: number) => pastCustomers(table, contacts, gaps, thresholds, day, days);
  return { gaps, churn: learnChurn(past(asOf - 2 * days), past(asOf - days)), period: days };
}

/** The base's rhythm. */
export const baseGaps = (table: HistoryTable): GapModel => learnGaps(gapSums(table));

function gapSums(table: HistoryTable) {
  const { customers } = table;
  const days = table.days();
  const sums = { count: new Uint32Array(customers), sum: new Float64Array(customers), squares: new Float64Array(customers) };
  for (let customer = 0; customer < customers; customer++) {
    const [from, to] = [table.from(customer), table.to(customer)];
    sums.count[customer] = Math.max(0, to - from - 1);
    for (let i = from + 1; i < to; i++) {
      const log = lnDays(days[i]! - days[i - 1]!);
      sums.sum[customer]! += log;
      sums.squares[customer]! += log * log;
    }
  }
  return sums;
}

/** Who was a customer on that day and not yet lost, as was known then; and who bought nothing for the period after. */
function pastCustomers(
  table: HistoryTable,
  contacts: Contacts,
  gaps: GapModel,
  rules: Thresholds,
  day: number,
  period: number,
): PastCustomers {
  const every = Math.max(1, Math.floor(table.customers / MOST_PAST));
  const columns = churnColumns(Math.ceil(table.customers / every));
  const left = new Uint8Array(columns[0]!.length);
  const look = looker(table, contacts);
  let rows = 0;
  // Customers come in the order of their ids, which say nothing of them: every so many is a fair sample.
  for (let customer = 0; customer < table.customers; customer += every) {
    const history = look.history(customer);
    if (history.from === history.to || history.days[history.from]! > day) continue;
    const standing = standingOn(gaps, rules, history, day);
    if (standing.stage === 'lost') continue;
    look.row(columns, rows, customer, history, standing, day, period);
    const next = history.from + standing.visits;
    left[rows] = next < history.to && history.days[next]! <= day + period ? 0 : 1;
    rows++;
  }
  return { columns: columns.map((column) => column.subarray(0, rows)), left: left.subarray(0, rows) };
}

/** Calls `found` for every customer with visits, in order. */
export function eachCustomer(
  table: HistoryTable,
  contacts: Contacts,
  { asOf, rules }: Pick<LifeCycleTask, 'asOf' | 'rules'>,
  { gaps, churn, period }: Learned,
  found: (customer: CustomerFound) => void,
): void {
  const thresholds = thresholdsOf(rules);
  const look = looker(table, contacts);
  const waiting: CustomerFound[] = [];
  const columns = churnColumns(BATCH);
  const flush = () => {
    const { risk, adds } = churnRisks(
      churn,
      columns.map((column) => column.subarray(0, waiting.length)),
    );
    for (const customer of waiting) {
      customer.risk = risk[customer.row]!;
      customer.adds = adds;
      found(customer);
    }
    waiting.length = 0;
  };
  for (let customer = 0; customer < table.customers; customer++) {
    const history = look.history(customer);
    if (history.from === history.to || history.days[history.from]! > asOf) continue;
    const standing = standingOn(gaps, thresholds, history, asOf);
    const { trend, around, visits } = look.row(columns, waiting.length, customer, history, standing, asOf, period);
    const last = history.from + visits - 1;
    const spells = spellsOf(gaps, thresholds, history, asOf) as SpellFound[];
    for (const spell of spells) spell.brought = broughtUntil(history, spell.last);
    const brought = broughtUntil(history, last);
    waiting.push({
      customer,
      standing,
      before: standingOn(gaps, thresholds, history, asOf - MOVED_DAYS).stage,
      firstDay: history.days[history.from]!,
      lastDay: history.days[last]!,
      brought,
      periodValue: usualMoney(history, last, brought, rhythmDays(standing.rhythm), period),
      trend,
      around,
      row: waiting.length,
      risk: 0,
      adds: undefined,
      spells,
    });
    if (waiting.length === BATCH) flush();
  }
  flush();
}

/** What a customer brought in the year up to a visit. */
function broughtUntil({ days, money, from }: Visits, last: number): number {
  let sum = 0;
  for (let i = last; i >= from && days[i]! > days[last]! - YEAR; i--) sum += money[i]!;
  return sum;
}

/** What they bring in a period at their usual pace, and at least one visit: what is lost if none comes. After a single visit, another like it. */
function usualMoney({ days, money, from }: Visits, last: number, brought: number, rhythm: number, period: number): number {
  if (last === from) return Math.max(0, money[from]!);
  const first = Math.max(days[from]!, days[last]! - YEAR);
  const span = days[last]! - first + rhythm;
  return Math.max(0, (brought / span) * Math.max(period, rhythm));
}

/** Reads one customer after another out of the table. */
function looker(table: HistoryTable, contacts: Contacts) {
  const history: Visits = { days: table.days(), money: table.money(), from: 0, to: 0 };
  const [returned, saved, listed, lines, channels] = [table.returned(), table.saved(), table.listed(), table.lines(), table.channels()];
  const ids = table.ids();
  const touched = { contacts: 0, complaints: 0 };
  contacts.rewind();
  return {
    history(customer: number): Visits {
      history.from = table.from(customer);
      history.to = table.to(customer);
      return history;
    },
    row(
      columns: ChurnColumns,
      at: number,
      customer: number,
      { from, days, money }: Visits,
      standing: Standing,
      day: number,
      period: number,
    ) {
      const { visits, rhythm, silent } = standing;
      let [spent, back, off, before, items, via] = [0, 0, 0, 0, 0, 0];
      for (let i = from; i < from + visits; i++) {
        spent += money[i]!;
        back += returned[i]!;
        off += saved[i]!;
        before += listed[i]!;
        items += lines[i]!;
        via |= channels[i]!;
      }
      contacts.of(ids, customer * 16, day, CONTACT_SPAN, touched);
      const around: Circumstances = {
        returned: spent + back > 0 ? Math.min(1, back / (spent + back)) : 0,
        saved: before > 0 ? Math.min(1, Math.max(0, off / before)) : 0,
        complaints: touched.complaints,
        contacts: touched.contacts,
        lines: items / visits,
        channels: bits(via),
      };
      const trend = trendOn(history, rhythm, day, period);
      churnRow(columns, at, rhythm, silent, period, trend, { visits, money: spent, tenure: day - days[from]! }, around);
      return { trend, around, visits };
    },
  };
}

function bits(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
