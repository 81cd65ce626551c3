// What one change of records does to customers: the part of the file it touches is clustered anew, and the plan says what moves.
import type { z } from 'zod';
import { type Clusters, clusterRows, type Edges, explainRows, NO_EDGE } from '@vinculo/matching';
import type { SavedRecords } from '../api/live.ts';
import { type CurrentLinks, type Reason, REASONS } from '../identity/current-links.ts';
import type { Kind } from '../identity/customer-record.ts';
import { DECIDED, type Decision } from '../identity/decisions.ts';
import { planIdentity, tieOf } from '../identity/identity-plan.ts';
import { clusterDecided, type Linkage } from '../identity/link-records.ts';
import type { RecordTable } from '../identity/record-table.ts';
import { uuidCodes } from '../identity/uuid-codes.ts';
import type { DecidedPair } from '../identity/linkage.worker.ts';
import type { LiveFile, LiveRecord } from './live-file.ts';

type Saved = z.infer<typeof SavedRecords>;

/** What has to be written so that the desk says what the live file says. Ids as text. */
export interface LivePlan {
  /** Links to close and to open; `to` null for a record that is gone. */
  moves: { record: string; from: string | null; to: string | null; reason: Reason; evidence: Record<string, unknown> }[];
  created: { id: string; kind: Kind }[];
  /** Customers left without records, and who took most of them. */
  redirects: { from: string; into: string }[];
  /** Customers left without records that nobody took. */
  emptied: string[];
  /** Records that went from one known customer to another. */
  transfers: { from: string; to: string; records: string[]; merged: boolean }[];
  /** Customers whose golden record has to be built. */
  build: string[];
  /** Customer of each changed record, in the order given; null for those gone. */
  customers: (string | null)[];
  /** Records judged. */
  judged: number;
}

/** Customers that became one, or parted, as the API says it. */
export function changesOf({ transfers }: Pick<LivePlan, 'transfers'>): Saved['changes'] {
  return transfers.map(({ from, to, merged }) => ({
    kind: merged ? 'merged' : 'split',
    customerId: merged ? to : from,
    otherId: merged ? from : to,
  }));
}

/** More records than this touched at once are work for a whole run. */
const MOST_JUDGED = 50_000;

/**
 * Puts changed records into the file and links them: whoever they agree with, whoever they agreed with before, everybody tied to
 * these. As the whole connected part of the file is judged, the outcome is that of judging the whole file with the same model, which
 * weighs a pair alike however the file has grown.
 * The file is as the plan says afterwards; `file.undo()` takes it back. Undefined when it touches too much, and nothing is changed.
 */
export function planChange(
  file: LiveFile,
  changes: readonly LiveRecord[],
  newId: () => string,
  decided: readonly DecidedPair[] = [],
): LivePlan | undefined {
  const touched = new Set<number>();
  const changed = changes.map((change) => {
    const known = file.records.findText(change.record);
    if (known >= 0) for (const other of file.neighboursOf(known)) touched.add(other);
    return known;
  });
  changes.forEach((change, at) => {
    changed[at] = file.put(change);
    touched.add(changed[at]!);
  });
  file.decide(decided, []);
  const judged = closure(file, touched);
  if (!judged) {
    file.undo();
    return undefined;
  }
  // In the order in which a whole run reads them, which decides between equals.
  judged.sort((a, b) => file.records.compareInWarehouse(a, b));
  return apply(file, judged, changed, newId);
}

function closure(file: LiveFile, touched: Set<number>): number[] | undefined {
  for (const record of touched) {
    if (touched.size > MOST_JUDGED) return undefined;
    for (const other of file.membersOf(file.customerOf(record))) touched.add(other);
    if (!file.isThere(record)) continue;
    for (const other of file.neighboursOf(record)) touched.add(other);
    for (const { other } of file.decisionsOf(record)) if (file.isThere(other)) touched.add(other);
  }
  return [...touched];
}

function apply(file: LiveFile, judged: number[], changed: readonly number[], newId: () => string): LivePlan {
  const { records, customers } = file;
  const gone = judged.filter((record) => !file.isThere(record));
  const part = judged.filter((record) => file.isThere(record));
  const links = linksOf(file, part);
  const [table, linkages] = [tableOf(file, part), linkagesOf(file, part)];
  const pending = Uint8Array.from(part, (record) => (changed.includes(record) ? 1 : 0));
  const plan = planIdentity({ records: table, links, linkages, pending, newId });

  const name = (code: number) => links.customers.text(code);
  const id = (at: number) => records.text(part[at]!);
  const kept = new Set(plan.customerAfter);
  const left = [...new Set(gone.map((record) => file.customerOf(record)).filter((customer) => customer >= 0))].map(customers.text);
  const moves: LivePlan['moves'] = plan.moved.map((at) => {
    const before = links.customerOf[at]!;
    return {
      record: id(at),
      from: before < 0 ? null : name(before),
      to: name(plan.customerAfter[at]!),
      ...whyOf(file, part, table, linkages, at),
    };
  });
  for (const record of gone) {
    const owner = file.customerOf(record);
    if (owner >= 0) moves.push({ record: records.text(record), from: customers.text(owner), to: null, reason: 'alone', evidence: {} });
  }
  const redirects = plan.redirects.map(({ customer, into }) => ({ from: name(customer), into: name(into) }));
  const into = new Map(redirects.map((redirect) => [redirect.from, redirect.into]));
  const known = new Set([...kept].map(name));
  const kinds = new Map(part.map((record, at) => [plan.customerAfter[at]!, file.kindOf(record)]));

  for (const record of gone) file.assign(record, -1, 0);
  const moved = new Map(plan.moved.map((at, n) => [at, n]));
  part.forEach((record, at) => {
    const n = moved.get(at);
    const reason = n === undefined ? file.reasonOf(record) : REASONS.indexOf(moves[n]!.reason);
    const owner = customers.addText(name(plan.customerAfter[at]!));
    if (owner !== file.customerOf(record) || n !== undefined) file.assign(record, owner, reason);
  });
  return {
    moves,
    created: [...plan.created].map((code) => ({ id: name(code), kind: kinds.get(code)! })),
    redirects,
    emptied: left.filter((customer) => !known.has(customer) && !into.has(customer)),
    transfers: plan.transfers.map(({ from, to, rows }) => ({
      from: name(from),
      to: name(to),
      records: rows.map(id),
      merged: into.get(name(from)) === name(to),
    })),
    build: [...new Set([...plan.build.keys()].map(name).concat(left.filter((customer) => known.has(customer))))],
    customers: changed.map((record) => (file.isThere(record) ? customers.text(file.customerOf(record)) : null)),
    judged: judged.length,
  };
}

function linksOf(file: LiveFile, part: readonly number[]): CurrentLinks {
  const customers = uuidCodes(part.length + 1);
  return {
    customers,
    customerOf: Int32Array.from(part, (record) => {
      const owner = file.customerOf(record);
      return owner < 0 ? -1 : customers.addText(file.customers.text(owner));
    }),
    reasonOf: Uint8Array.from(part, (record) => file.reasonOf(record)),
    sinceOf: new Float64Array(part.length),
  };
}

/** The records of the part, numbered 0, 1, 2 …, as planning wants them. Nothing is compared with it, so its tables have no columns. */
function tableOf(file: LiveFile, part: readonly number[]): RecordTable {
  const ids = uuidCodes(part.length + 1);
  for (const record of part) ids.addText(file.records.text(record));
  const local = new Uint32Array(part.length);
  const rows: Record<Kind, number[]> = { person: [], company: [] };
  part.forEach((record, at) => (local[at] = rows[file.kindOf(record)].push(at) - 1));
  const table = (kind: Kind) => ({
    table: { rows: rows[kind].length, columns: {} },
    rows: Uint32Array.from(rows[kind]),
    localOf: (at: number) => local[at]!,
  });
  return {
    rows: part.length,
    ids,
    versions: new BigUint64Array(0),
    kindOf: (at) => file.kindOf(part[at]!),
    kinds: { person: table('person'), company: table('company') },
  };
}

function linkagesOf(file: LiveFile, part: readonly number[]): Partial<Record<Kind, Linkage>> {
  const linkages: Partial<Record<Kind, Linkage>> = {};
  for (const kind of ['person', 'company'] as const) {
    const own = part.filter((record) => file.kindOf(record) === kind);
    if (own.length === 0) continue;
    const known = file.graphs[kind];
    const work = known ? clusterRows(known.graph, own.map(file.rowOf)) : { edges: noEdges(), cluster: () => allAlone(own.length) };
    const threshold = known?.graph.threshold ?? 1;
    const { clusters, ties } = clusterDecided(work.edges, decisionsAmong(file, own), threshold, work.cluster);
    linkages[kind] = {
      rows: Uint32Array.from(own, (_, at) => at),
      labels: clusters.cluster,
      ties,
      doubtful: [],
      model: known?.graph.index.model as Linkage['model'],
      threshold,
      trained: false,
      pairs: work.edges.count,
      precision: null,
      recall: null,
      figures: null,
    };
  }
  return linkages;
}

function decisionsAmong(file: LiveFile, own: readonly number[]): Decision[] {
  const positions = new Map(own.map((record, at) => [record, at]));
  return own.flatMap((record, a) =>
    file.decisionsOf(record).flatMap(({ other, same }) => {
      const b = positions.get(other);
      return b === undefined || a > b ? [] : [{ a, b, same }];
    }),
  );
}

/** Why a record is with its customer; of pairs that somebody may doubt, with the weight of every field. */
function whyOf(
  file: LiveFile,
  part: readonly number[],
  table: RecordTable,
  linkages: Partial<Record<Kind, Linkage>>,
  at: number,
): Pick<LivePlan['moves'][number], 'reason' | 'evidence'> {
  const tie = tieOf(table, linkages, at);
  if (!tie) return { reason: 'alone', evidence: {} };
  const record = file.records.text(part[tie.with]!);
  if (tie.rule === DECIDED) return { reason: 'person', evidence: { record } };
  const { graph } = file.graphs[table.kindOf(at)]!;
  const rule = tie.rule > 0 ? graph.index.model.settings.rules[tie.rule - 1]?.name : undefined;
  const evidence: Record<string, unknown> = {
    record,
    ...(rule ? { rule } : {}),
    weight: Math.round(tie.weight * 100) / 100,
    probability: Math.round(tie.probability * 1e6) / 1e6,
  };
  if (tie.probability < 0.9999) {
    const { prior, terms } = explainRows(graph, file.rowOf(part[at]!), file.rowOf(part[tie.with]!));
    evidence.prior = Math.round(prior * 100) / 100;
    evidence.terms = terms.flatMap(({ field, label, weight }) =>
      label === 'missing' ? [] : [[field, label, Math.round(weight * 100) / 100]],
    );
  }
  return { reason: rule ? 'rule' : 'model', evidence };
}

function noEdges(): Edges {
  const none = new Uint32Array(0);
  return {
    count: 0,
    a: none,
    b: none,
    weight: new Float32Array(0),
    probability: new Float32Array(0),
    rule: new Uint8Array(0),
    apart: { count: 0, a: none, b: none, constraint: new Uint8Array(0) },
    blocking: [],
    candidates: 0,
    looked: 0,
    histogram: { pairs: new Float64Array(20), probability: new Float64Array(20) },
  };
}

/** Without a model nobody is known to be anybody. */
function allAlone(rows: number): Clusters {
  const cluster = Uint32Array.from({ length: rows }, (_, row) => row);
  return { cluster, count: rows, edge: new Uint32Array(rows).fill(NO_EDGE), refused: [], threshold: 1 };
}
