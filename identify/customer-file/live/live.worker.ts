// The thread that holds the live file, so that the server keeps answering. Called by name from live-index.ts.
import { lookup, type Model, modelSchema } from '@vinculo/matching';
import { newId } from '@vinculo/postgres';
import { currentLinks, REASONS } from '../identity/current-links.ts';
import type { Kind } from '../identity/customer-record.ts';
import type { DecidedPair, StoredModel } from '../identity/linkage.worker.ts';
import { recordTable } from '../identity/record-table.ts';
import { rowBinaryReader, uuidBytes } from '../identity/row-binary.ts';
import { serveThread } from '@vinculo/threads';
import type { FoundDoubt } from '../identity/doubts/describe-doubtful.ts';
import { doubtsOf } from './live-doubts.ts';
import { type LiveFile, liveFile, type LiveRecord } from './live-file.ts';
import { type LivePlan, planChange } from './live-plan.ts';

export type LiveThread = typeof methods;

/** A record and whose it is. */
export interface OwnedRecord extends LiveRecord {
  customer: string | null;
  reason: (typeof REASONS)[number];
}

/** Somebody a record may be. Terms are those of fields that both have, in bits. */
export interface LiveCandidate {
  customer: string;
  record: string;
  weight: number;
  probability: number;
  prior: number;
  rule: string | null;
  terms: { field: string; level: string; weight: number }[];
}

let reader = recordTable(1 << 12);
let links: ReturnType<typeof currentLinks> | undefined;
let table: ReturnType<ReturnType<typeof recordTable>['finish']>;
let file: LiveFile;
let versionReader: ReturnType<typeof rowBinaryReader>;
let seen = new Uint8Array(0);
let different: string[] = [];

const methods = {
  addRecords(bytes: Uint8Array): void {
    reader.push(bytes);
  },
  endRecords(): void {
    table = reader.finish();
    reader = recordTable(16);
    links = currentLinks(table.ids);
  },
  addLinks(packed: Uint8Array): void {
    links!.push(packed);
  },
  build(models: Partial<Record<Kind, StoredModel>>, decided: DecidedPair[]): void {
    const known: Partial<Record<Kind, { model: Model; threshold: number }>> = {};
    for (const kind of ['person', 'company'] as const) {
      const stored = models[kind];
      if (stored) known[kind] = { model: modelSchema.parse(stored.model), threshold: stored.threshold };
    }
    file = liveFile(table, links!.links, known);
    file.decide(decided);
    links = undefined;
  },

  /**
   * Links changed records; nothing counts until `keep`, and `undo` takes it back. Undefined when they touch too much.
   * Versions are those of the records changed, then of all others that move; `linked` are the records of each kind there are now.
   */
  change(
    changes: LiveRecord[],
    decided: DecidedPair[],
  ): { plan: LivePlan; versions: number[]; linked: Record<Kind, number>; milliseconds: number } | undefined {
    const began = performance.now();
    const plan = planChange(file, changes, newId, decided);
    if (!plan) return undefined;
    const versions = plan.moves.map(({ record }) => versionOf(record));
    const milliseconds = performance.now() - began;
    return { plan, versions, linked: { person: file.linkedOf('person'), company: file.linkedOf('company') }, milliseconds };
  },
  /** The doubts about records just changed. Asked of the thread while the change is being written, so that linking does not wait for it. */
  doubts: (changes: LiveRecord[]): FoundDoubt[] => doubtsOf(file, changes),
  keep: (): void => file.keep(),
  undo: (): void => file.undo(),
  versions: (records: string[]): number[] => records.map(versionOf),

  /** What others wrote: records, whose they are, and what people decided about them. */
  take(records: OwnedRecord[], decided: DecidedPair[]): void {
    for (const { customer, reason, ...record } of records) {
      const known = file.records.findText(record.record);
      const code = known >= 0 && record.match && file.isThere(known) && file.versionOf(known) === record.version ? known : file.put(record);
      file.assign(code, customer === null ? -1 : file.customers.addText(customer), REASONS.indexOf(reason));
    }
    file.decide(
      decided,
      records.map(({ record }) => record),
    );
    file.keep();
  },

  /** Pieces of VERSION_QUERY; the last call says which records are not what they are here, or not here. */
  compare(bytes: Uint8Array | undefined, first: boolean): string[] | undefined {
    if (first) {
      seen = new Uint8Array(file.records.size);
      different = [];
      const id = Buffer.alloc(16);
      versionReader = rowBinaryReader(['uuid', 'uint64'], (row, bounds) => {
        uuidBytes(row, bounds[0]!, id, 0);
        const known = file.records.find(id, 0);
        const version = Number(row.readBigUInt64LE(bounds[2]!));
        if (known >= 0) seen[known] = 1;
        if (known < 0 || !file.isThere(known) || file.versionOf(known) !== version) different.push(textOf(id));
      });
    }
    if (bytes) return void versionReader.push(bytes);
    versionReader.end();
    for (let record = 0; record < seen.length; record++)
      if (!seen[record] && file.isThere(record)) different.push(file.records.text(record));
    return different;
  },
  /** Packed current links of everybody; those that are not mentioned end. */
  takeLinks(pieces: Uint8Array[]): void {
    const now = currentLinks(file.records);
    for (const piece of pieces) now.push(piece);
    const { customerOf, reasonOf, customers } = now.links;
    for (let record = 0; record < file.records.size; record++) {
      const owner = customerOf[record]! < 0 ? -1 : file.customers.addText(customers.text(customerOf[record]!));
      if (owner !== file.customerOf(record) || reasonOf[record] !== file.reasonOf(record)) file.assign(record, owner, reasonOf[record]!);
    }
    file.keep();
  },
  decide: (decided: DecidedPair[]): void => file.decide(decided),

  lookup(
    kind: Kind,
    match: Record<string, string>,
    limit: number,
    leastProbability: number,
  ): { found: LiveCandidate[]; threshold: number | null } {
    const known = file.graphs[kind];
    if (!known) return { found: [], threshold: null };
    const best = new Map<string, LiveCandidate>();
    // Several records of one customer come up together.
    for (const { row, explanation } of lookup(known.graph.index, match, { limit: limit * 8, leastProbability })) {
      const record = known.recordAt[row]!;
      const owner = file.customerOf(record);
      if (owner < 0) continue;
      const customer = file.customers.text(owner);
      if (best.has(customer)) continue;
      const { weight, probability, prior, rule, terms } = explanation;
      best.set(customer, {
        customer,
        record: file.records.text(record),
        weight,
        probability,
        prior,
        rule: rule ?? null,
        terms: terms.flatMap(({ field, label, weight: bits }) => (label === 'missing' ? [] : [{ field, level: label, weight: bits }])),
      });
      if (best.size === limit) break;
    }
    return { found: [...best.values()], threshold: known.graph.threshold };
  },

  /** Records, rows, and megabytes of this thread. */
  state: () => {
    const { heapUsed, arrayBuffers, external } = process.memoryUsage();
    return { ...file.size(), megabytes: Math.round((heapUsed + Math.max(arrayBuffers, external)) / 2 ** 20) };
  },
};

function versionOf(record: string): number {
  const known = file.records.findText(record);
  return known < 0 ? 0 : file.versionOf(known);
}

function textOf(id: Buffer): string {
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

serveThread(methods);
