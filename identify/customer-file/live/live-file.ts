// The whole customer file in a form that can be linked record by record: plain data structures, no store. It lives in a thread.
import { addRow, buildGraph, edgesOf, type LinkGraph, type Model, putBack, removeRow, type Table } from '@vinculo/matching';
import type { CurrentLinks } from '../identity/current-links.ts';
import type { Kind } from '../identity/customer-record.ts';
import type { DecidedPair } from '../identity/linkage.worker.ts';
import type { RecordTable } from '../identity/record-table.ts';
import type { UuidCodes } from '../identity/uuid-codes.ts';

/** A record as it is from now on; `match` null when it is gone. */
export interface LiveRecord {
  record: string;
  kind: Kind;
  match: Record<string, string> | null;
  /** match_record.version. */
  version: number;
}

export interface KindGraph {
  graph: LinkGraph;
  /** Code of the record by row of the graph. */
  recordAt: Int32Array;
}

/** What a record was before it changed, to be put back when the change is not saved. */
interface Former {
  record: number;
  kind: number;
  row: number;
  version: number;
  customer: number;
  reason: number;
}

/** Records and customers by code; see {@link UuidCodes}. */
export interface LiveFile {
  records: UuidCodes;
  customers: UuidCodes;
  graphs: Partial<Record<Kind, KindGraph>>;
  kindOf(record: number): Kind;
  /** Row in the graph of its kind; -1 when the record is gone or its kind has no model. */
  rowOf(record: number): number;
  isThere(record: number): boolean;
  /** -1 without a customer. */
  customerOf(record: number): number;
  reasonOf(record: number): number;
  versionOf(record: number): number;
  /** The records of a customer. */
  membersOf(customer: number): number[];
  decisionsOf(record: number): { other: number; same: boolean }[];
  /** Records that a record agrees with, by the model. */
  neighboursOf(record: number): number[];
  /** Writes a record; its customer stays. Gives its code. */
  put(record: LiveRecord): number;
  assign(record: number, customer: number, reason: number): void;
  decide(pairs: readonly DecidedPair[], about?: readonly string[]): void;
  /** Forgets how to undo what was done so far. */
  keep(): void;
  /** Undoes everything since the last {@link keep}. */
  undo(): void;
  /** Records that are linked by the model of a kind; 0 without one. */
  linkedOf(kind: Kind): number;
  /** Records there are, rows in the graphs, and rows among them that are of no use any more. */
  size(): { records: number; rows: number; removed: number };
}

const KINDS = ['person', 'company'] as const;
const GONE = 2;

/** Builds the file out of what unification reads, too. The tables are let go. */
export function liveFile(
  table: RecordTable,
  links: CurrentLinks,
  models: Partial<Record<Kind, { model: Model; threshold: number }>>,
): LiveFile {
  const records = table.ids;
  const { customers } = links;
  let kinds = new Uint8Array(table.rows);
  let rows = new Int32Array(table.rows).fill(-1);
  let versions = Float64Array.from(table.versions.subarray(0, table.rows), Number);
  let owner = links.customerOf.slice();
  let reasons = links.reasonOf.slice();
  // The records of a customer are a list through the records: a million customers cost no object each.
  let next = new Int32Array(table.rows).fill(-1);
  let first = new Int32Array(Math.max(16, customers.size)).fill(-1);
  const decided = new Map<number, { other: number; same: boolean }[]>();
  const graphs: LiveFile['graphs'] = {};
  let former: Former[] = [];

  for (let record = 0; record < table.rows; record++) {
    kinds[record] = table.kindOf(record) === 'company' ? 1 : 0;
    if (owner[record]! >= 0) {
      next[record] = first[owner[record]!]!;
      first[owner[record]!] = record;
    }
  }
  for (const kind of KINDS) {
    const own = table.kinds[kind];
    const known = models[kind];
    if (known) {
      const columns: Table = own.table;
      own.table = { rows: 0, columns: {} };
      graphs[kind] = {
        graph: buildGraph(columns, known.model, known.threshold),
        recordAt: Int32Array.from(own.rows),
      };
      own.rows.forEach((record, row) => (rows[record] = row));
    }
  }

  function room(record: number): void {
    if (record < kinds.length) return;
    [kinds, reasons] = [longer(kinds, record), longer(reasons, record)];
    [rows, owner, next] = [longer(rows, record, -1), longer(owner, record, -1), longer(next, record, -1)];
    versions = longer(versions, record);
  }

  function remember(record: number): void {
    const state = { row: rows[record]!, version: versions[record]!, customer: owner[record]!, reason: reasons[record]! };
    former.push({ record, kind: kinds[record]!, ...state });
  }

  function setOwner(record: number, customer: number): void {
    const before = owner[record]!;
    if (before === customer) return;
    if (before >= 0) {
      if (first[before] === record) first[before] = next[record]!;
      else {
        let at = first[before]!;
        while (next[at] !== record) at = next[at]!;
        next[at] = next[record]!;
      }
    }
    owner[record] = customer;
    next[record] = -1;
    if (customer < 0) return;
    if (customer >= first.length) first = longer(first, customer, -1);
    next[record] = first[customer]!;
    first[customer] = record;
  }

  const file: LiveFile = {
    records,
    customers,
    graphs,
    kindOf: (record) => (kinds[record]! & 1 ? 'company' : 'person'),
    rowOf: (record) => rows[record]!,
    isThere: (record) => record >= 0 && record < kinds.length && (kinds[record]! & GONE) === 0,
    customerOf: (record) => owner[record]!,
    reasonOf: (record) => reasons[record]!,
    versionOf: (record) => versions[record]!,
    membersOf(customer) {
      const members: number[] = [];
      if (customer >= 0 && customer < first.length) for (let at = first[customer]!; at >= 0; at = next[at]!) members.push(at);
      return members;
    },
    decisionsOf: (record) => decided.get(record) ?? [],
    neighboursOf(record) {
      const own = graphs[file.kindOf(record)];
      if (!own || rows[record]! < 0) return [];
      return edgesOf(own.graph, rows[record]!).map(({ row }) => own.recordAt[row]!);
    },
    put({ record: id, kind, match, version }) {
      const known = records.findText(id);
      const record = known >= 0 ? known : records.addText(id);
      room(record);
      if (known < 0) kinds[record] = GONE;
      remember(record);
      if (rows[record]! >= 0) removeRow(graphs[file.kindOf(record)]!.graph, rows[record]!);
      rows[record] = -1;
      versions[record] = version;
      kinds[record] = (kind === 'company' ? 1 : 0) | (match ? 0 : GONE);
      const own = graphs[kind];
      if (!own || !match) return record;
      const row = addRow(own.graph, match);
      own.recordAt = longer(own.recordAt, row, -1);
      own.recordAt[row] = record;
      rows[record] = row;
      return record;
    },
    assign(record, customer, reason) {
      remember(record);
      setOwner(record, customer);
      reasons[record] = reason;
    },
    decide(pairs, about) {
      if (!about) decided.clear();
      for (const id of about ?? []) {
        const record = records.findText(id);
        for (const { other } of decided.get(record) ?? []) without(decided, other, record);
        decided.delete(record);
      }
      for (const { a, b, same } of pairs) {
        const [one, two] = [records.findText(a), records.findText(b)];
        if (one < 0 || two < 0) continue;
        without(decided, one, two);
        without(decided, two, one);
        (decided.get(one) ?? decided.set(one, []).get(one)!).push({ other: two, same });
        (decided.get(two) ?? decided.set(two, []).get(two)!).push({ other: one, same });
      }
    },
    keep() {
      former = [];
    },
    undo() {
      for (const { record, kind, row, version, customer, reason } of former.toReversed()) {
        const now = file.kindOf(record);
        if (rows[record] !== row) {
          if (rows[record]! >= 0) removeRow(graphs[now]!.graph, rows[record]!);
          if (row >= 0) putBack(graphs[kind & 1 ? 'company' : 'person']!.graph, row);
        }
        rows[record] = row;
        versions[record] = version;
        kinds[record] = kind;
        setOwner(record, customer);
        reasons[record] = reason;
      }
      former = [];
    },
    linkedOf(kind) {
      const index = graphs[kind]?.graph.index;
      return index ? index.rows - index.removed.size : 0;
    },
    size() {
      const all = KINDS.flatMap((kind) => graphs[kind] ?? []);
      const removed = all.reduce((sum, { graph }) => sum + graph.index.removed.size, 0);
      return { records: records.size, rows: all.reduce((sum, { graph }) => sum + graph.index.rows, 0), removed };
    },
  };
  return file;
}

function without(decided: Map<number, { other: number; same: boolean }[]>, record: number, other: number): void {
  const list = decided.get(record);
  if (list)
    decided.set(
      record,
      list.filter((decision) => decision.other !== other),
    );
}

/** The array, or one twice as long that holds `index`, too. */
function longer<T extends Int32Array | Uint8Array | Float64Array>(array: T, index: number, fill = 0): T {
  if (index < array.length) return array;
  const larger = new (array.constructor as new (length: number) => T)(Math.max(16, index + 1, array.length * 2));
  if (fill !== 0) larger.fill(fill);
  larger.set(array);
  return larger;
}
