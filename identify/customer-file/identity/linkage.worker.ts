// The thread that unification thinks in: it holds the columns, so that the server keeps answering. Called by name from
// unify.ts, in the order of the methods below.
import { type Model, modelSchema, type Settings } from '@vinculo/matching';
import { linkageThreads } from '@vinculo/matching/parallel';
import { newId } from '@vinculo/postgres';
import { currentLinks, type CurrentLinks } from './current-links.ts';
import { customerBuilder, type RawRecord } from './customer-builder.ts';
import type { Kind } from './customer-record.ts';
import type { Decision } from './decisions.ts';
import { type ChoiceRow, choicesByRecord } from './field-choices.ts';
import { changeLines, eventsOf, identityLine, type LineInput, linkLine, type Why, whyOf } from './identity-lines.ts';
import { describeDoubtful, type DoubtfulPair } from './doubts/describe-doubtful.ts';
import { type IdentityPlan, planIdentity, weakestOf } from './identity-plan.ts';
import { type Linkage, linkRecords } from './link-records.ts';
import { type RecordTable, recordTable } from './record-table.ts';
import { latestOf, type Measured, measure } from './model/measure-records.ts';
import type { ModelFigures } from './model/model-figures.ts';
import { planRestore, type Restore } from './plan-restore.ts';
import { movedRecords, previewPlan } from './preview-plan.ts';
import { rowBinaryReader, uuidBytes } from './row-binary.ts';
import type { Survivorship } from './survivorship.ts';
import { serveThread, tellProgress } from '@vinculo/threads';
import { uuidText } from './uuid-codes.ts';

export interface StoredModel {
  model: unknown;
  threshold: number;
}

/** A model to link with; without a threshold a whole linkage chooses one. */
export type LinkingModel = Omit<StoredModel, 'threshold'> & { threshold: number | null };

/** A pair people decided about, by record id. */
export interface DecidedPair {
  a: string;
  b: string;
  same: boolean;
}

export interface KindFigures {
  records: number;
  pairs: number;
  trained: boolean;
  threshold: number;
  precision: number | null;
  recall: number | null;
  /** Only when it was trained now. */
  model: Model | null;
  /** Only of a whole linkage. */
  figures: ModelFigures | null;
}

export type LinkageThread = typeof methods;

const LINES_A_PIECE = 20_000;
/** Below, starting threads takes longer than they save. */
const WORTH_THREADS = 100_000;

let reader: ReturnType<typeof recordTable>;
let records: RecordTable;
let pending = new Uint8Array(0);
let linkReader: ReturnType<typeof currentLinks>;
let links: CurrentLinks;
let linkages: Partial<Record<Kind, Linkage>> = {};
let plan: IdentityPlan;
let input: LineInput;
let moving: ReturnType<typeof movedRecords> | undefined;
let restores: Restore[] = [];
let reasonsAfter: Why | undefined;
let builder: ReturnType<typeof customerBuilder>;
let traitReader: ReturnType<typeof rowBinaryReader>;
let position = 0;
let opened = new Uint8Array(0);

const methods = {
  /** Pieces of RECORD_QUERY. */
  addRecords(bytes: Uint8Array): void {
    reader ??= recordTable(1 << 16);
    reader.push(bytes);
  },
  endRecords(): Record<Kind, number> & { records: number } {
    records = (reader ??= recordTable(16)).finish();
    pending = new Uint8Array(records.rows);
    return { records: records.rows, person: records.kinds.person.rows.length, company: records.kinds.company.rows.length };
  },

  /** Pieces of the ids of records that are new or changed; `undefined` for every record. */
  addPending(bytes: Uint8Array | undefined): void {
    if (!bytes) return void pending.fill(1);
    const id = Buffer.alloc(16);
    const ids = rowBinaryReader(['uuid'], (row, bounds) => {
      uuidBytes(row, bounds[0]!, id, 0);
      const at = records.ids.find(id, 0);
      if (at >= 0) pending[at] = 1;
    });
    ids.push(bytes);
    ids.end();
  },

  /** Packed current links; the first call of a round forgets the links of the round before. */
  addLinks(packed: Uint8Array, first: boolean): void {
    if (first) linkReader = currentLinks(records.ids);
    linkReader.push(packed);
    links = linkReader.links;
  },

  /**
   * Trains where there is no model, compares, clusters. `whole` judges every record, or every record of one kind; otherwise those
   * pending and whoever they touch.
   */
  async link(
    models: Partial<Record<Kind, LinkingModel>>,
    decided: DecidedPair[],
    whole: boolean | Kind,
    settings: Record<Kind, Settings>,
  ): Promise<Partial<Record<Kind, KindFigures>>> {
    links ??= currentLinks(records.ids).links;
    const mates = matesByCustomer();
    linkages = {};
    const figures: Partial<Record<Kind, KindFigures>> = {};
    const threads = records.rows < WORTH_THREADS ? undefined : linkageThreads();
    try {
      for (const kind of ['person', 'company'] as const) {
        const { table, rows, localOf } = records.kinds[kind];
        if (table.rows === 0) continue;
        const stored = models[kind];
        const linkage = await linkRecords({
          table,
          threads,
          settings: settings[kind],
          model: stored && { model: modelSchema.parse(stored.model), threshold: stored.threshold },
          decisions: localDecisions(kind, decided),
          only: whole === true || whole === kind ? undefined : rowsToJudge(kind),
          matesOf: (local) =>
            mates(rows[local]!)
              .filter((row) => records.kindOf(row) === kind)
              .map(localOf),
          onProgress: ({ phase, done, total }) => tellProgress({ phase, done, total, detail: kind }),
        });
        linkages[kind] = linkage;
        const { pairs, trained, threshold, precision, recall, model } = linkage;
        const known = { records: table.rows, pairs, trained, threshold, precision, recall };
        figures[kind] = {
          ...known,
          model: trained ? model : null,
          figures: linkage.figures && { ...linkage.figures, latest: latestOf(records, kind) },
        };
      }
      return figures;
    } finally {
      await threads?.close();
    }
  },

  /** Works out what changes. Nothing is written yet. */
  plan(): { moved: number; build: number; created: number; transfers: number; redirects: { from: string; into: string }[] } {
    plan = planIdentity({ records, links, linkages, pending, newId });
    const text = links.customers.text;
    const redirects = plan.redirects.map(({ customer, into }) => ({ from: text(customer), into: text(into) }));
    return { moved: plan.moved.length, build: plan.build.size, created: plan.created.size, transfers: plan.transfers.length, redirects };
  },

  /** What the plan does to the customers of a kind that exist, with samples. */
  preview: (kind: Kind) => previewPlan({ records, links, linkages, plan, linkage: linkages[kind]! }, kind),
  /** Ids of the records it moves, piece by piece: those whose customer becomes another, and those that leave one that stays. */
  movedRecords(kind: Kind): { joined: string[]; parted: string[] } | undefined {
    moving ??= movedRecords({ records, links, linkages, plan, linkage: linkages[kind]! }, kind);
    const piece = { joined: [] as string[], parted: [] as string[] };
    for (let n = 0; n < LINES_A_PIECE; n++) {
      const { value } = moving.next();
      if (value) piece[value[1] ? 'joined' : 'parted'].push(value[0]);
    }
    if (piece.joined.length + piece.parted.length > 0) return piece;
    moving = undefined;
    return undefined;
  },
  /** How a model says of people's decisions, and of the records that came after `since` (match_record.version); with the whole file's figures where asked. */
  measure(kind: Kind, stored: StoredModel, since: number, decided: DecidedPair[], whole: boolean): Measured {
    return measure(records, kind, modelSchema.parse(stored.model), stored.threshold, since, localDecisions(kind, decided), whole);
  },
  /** Links to give back, piece by piece, then the plan that does. */
  addRestores: (piece: Restore[]): void => void restores.push(...piece),
  planRestore(): { build: number; records: number; customers: number; redirects: { from: string; into: string }[] } {
    const restored = planRestore(records, links, restores);
    restores = [];
    plan = restored.plan;
    reasonsAfter = restored.why;
    const text = links.customers.text;
    const redirects = plan.redirects.map(({ customer, into }) => ({ from: text(customer), into: text(into) }));
    const back = plan.transfers.reduce((sum, { rows }) => sum + rows.length, 0);
    return { build: plan.build.size, records: back, customers: new Set(plan.transfers.map(({ to }) => to)).size, redirects };
  },

  /** Builds every customer as its records are linked now, to apply other rules of survivorship. */
  planRebuild(): number {
    const build = new Map<number, number>();
    for (const customer of links.customerOf) if (customer >= 0) build.set(customer, (build.get(customer) ?? 0) + 1);
    plan = { customerAfter: links.customerOf, moved: [], build, created: new Set(), redirects: [], transfers: [] };
    return build.size;
  },

  /** The moment and the rules of what is written from here on. */
  begin(at: LineInput['at'], rules: Survivorship, trust: [source: string, trust: number][], choices: ChoiceRow[] = []): void {
    input = { records, links, linkages, plan, at, why: reasonsAfter ?? whyOf(records, linkages) };
    const rowOf = new Int32Array(links.customers.size);
    const weakest = new Float32Array(links.customers.size).fill(Number.NaN);
    for (let row = 0; row < records.rows; row++) {
      const customer = plan.customerAfter[row]!;
      if (!plan.build.has(customer)) continue;
      rowOf[customer] = row;
      if (linkages[records.kindOf(row)]) weakest[customer] = weakestOf(records, linkages, row);
    }
    builder = customerBuilder({
      rules,
      trust: new Map(trust),
      choices: choicesByRecord(choices),
      at: at.text,
      expected: plan.build,
      describe: (customer) => ({
        id: links.customers.text(customer),
        kind: records.kindOf(rowOf[customer]!),
        weakest: Number.isNaN(weakest[customer]) ? null : weakest[customer]!,
      }),
    });
    traitReader = rowBinaryReader(['uuid', 'uuid', 'uint64', 'string', 'string'], offerTraits);
    position = 0;
  },

  /** What people should look at, the most instructive first, and which of these records were judged. Before the first of linkLines. */
  doubtful(known: string[]): { pairs: DoubtfulPair[]; judged: string[] } {
    const judged = new Uint8Array(records.rows);
    const tables = (['person', 'company'] as const).flatMap((kind) => {
      const [{ table, rows }, linkage] = [records.kinds[kind], linkages[kind]];
      if (!linkage) return [];
      for (const local of linkage.rows) judged[rows[local]!] = 1;
      return [{ kind, table, model: linkage.model, doubtful: linkage.doubtful, recordOf: (row: number) => records.ids.text(rows[row]!) }];
    });
    // A record the file no longer holds asks nothing.
    const settled = (row: number) => row < 0 || judged[row] === 1;
    return { pairs: describeDoubtful(tables), judged: known.filter((id) => settled(records.ids.findText(id))) };
  },

  /** COPY lines of the new links, piece by piece, in the order of the record ids; undefined after the last. */
  linkLines(): Uint8Array | undefined {
    if (position === 0) plan.moved = inIdOrder(plan.moved);
    const rows = plan.moved.slice(position, (position += LINES_A_PIECE));
    if (rows.length > 0) return lines(rows.map((row) => linkLine(input, row)));
    // Nothing is compared or explained any more: the columns and all that hangs on them would only take memory.
    linkages = input.linkages = {};
    for (const kind of Object.values(records.kinds)) kind.table = { rows: 0, columns: {} };
    return undefined;
  },

  changes: (): Uint8Array => lines([...changeLines(input)]),
  events: (most: number) => eventsOf(input, most),

  /** Ids of the records needed to build the customers, when they are few enough to be asked for by name. */
  recordsToBuild(most: number): string[] | undefined {
    const ids: string[] = [];
    for (let row = 0; row < records.rows; row++) {
      if (!plan.build.has(plan.customerAfter[row]!)) continue;
      if (ids.length === most) return undefined;
      ids.push(records.ids.text(row));
    }
    return ids;
  },

  /** Pieces of TRAIT_QUERY in; COPY lines of the customers completed out. */
  addTraits(bytes: Uint8Array): Uint8Array {
    traitReader.push(bytes);
    return builder.take();
  },
  addRecordsByName(raw: RawRecord[]): Uint8Array {
    for (const record of raw) {
      const row = records.ids.findText(record.record);
      if (row >= 0) builder.offer(plan.customerAfter[row]!, record);
    }
    return builder.take();
  },
  /** How many were built, how many wait for a record that never came, and the words of their names. */
  built: () => ({ built: builder.built, missing: builder.missing }),
  words: (): Uint8Array => lines([...builder.words].map(([word, customers]) => `${word}\t${customers}\n`)),

  beginIdentity(): void {
    position = 0;
    opened = new Uint8Array(records.rows);
    for (const row of plan.moved) opened[row] = 1;
  },
  /** Lines for the warehouse's identity table: links opened, and records looked at that stay where they were. */
  identityLines(): Uint8Array | undefined {
    const out: string[] = [];
    for (; position < records.rows && out.length < LINES_A_PIECE * 5; position++) {
      if (opened[position] || (pending[position] && plan.customerAfter[position]! >= 0))
        out.push(identityLine(input, position, opened[position] === 1));
    }
    return out.length > 0 ? lines(out) : undefined;
  },
};

const sources = new Map<string, string>();

function offerTraits(bytes: Buffer, bounds: Int32Array): void {
  const id = Buffer.alloc(16);
  uuidBytes(bytes, bounds[0]!, id, 0);
  const row = records.ids.find(id, 0);
  if (row < 0 || !plan.build.has(plan.customerAfter[row]!)) return;
  const packed = bytes.toString('latin1', bounds[2]!, bounds[3]!);
  let source = sources.get(packed);
  if (source === undefined) {
    const plain = Buffer.alloc(16);
    uuidBytes(bytes, bounds[2]!, plain, 0);
    sources.set(packed, (source = uuidText(plain, 0)));
  }
  builder.offer(plan.customerAfter[row]!, {
    record: uuidText(id, 0),
    source,
    changedAt: Number(bytes.readBigUInt64LE(bounds[4]!)),
    key: bytes.toString('utf8', bounds[6]!, bounds[7]!),
    traits: bytes.toString('utf8', bounds[8]!, bounds[9]!),
  });
}

/** The rows of the customer that a row belongs to now. */
function matesByCustomer(): (row: number) => number[] {
  const { customerOf, customers } = links;
  const starts = new Uint32Array(customers.size + 1);
  for (const customer of customerOf) if (customer >= 0) starts[customer + 1]!++;
  for (let c = 0; c < customers.size; c++) starts[c + 1]! += starts[c]!;
  const members = new Uint32Array(starts[customers.size]!);
  const next = starts.slice();
  customerOf.forEach((customer, row) => {
    if (customer >= 0) members[next[customer]!++] = row;
  });
  return (row) => {
    const customer = customerOf[row]!;
    return customer < 0 ? [row] : Array.from(members.subarray(starts[customer]!, starts[customer + 1]!));
  };
}

/** Pending rows, and those of customers that are a person to one source and a company to another: both tables have to see them. */
function* rowsToJudge(kind: Kind): Generator<number> {
  const { rows } = records.kinds[kind];
  const seen = new Uint8Array(links.customers.size);
  for (let row = 0; row < records.rows; row++) {
    const customer = links.customerOf[row]!;
    if (customer >= 0) seen[customer]! |= records.kindOf(row) === 'person' ? 1 : 2;
  }
  for (let local = 0; local < rows.length; local++) {
    const row = rows[local]!;
    if (pending[row] || seen[links.customerOf[row]!] === 3) yield local;
  }
}

/** Decisions between records of this kind; those about records that are gone, or of another kind by now, say nothing here. */
function localDecisions(kind: Kind, decided: DecidedPair[]): Decision[] {
  const { localOf } = records.kinds[kind];
  return decided.flatMap(({ a, b, same }) => {
    const [rowA, rowB] = [records.ids.findText(a), records.ids.findText(b)];
    if (rowA < 0 || rowB < 0 || records.kindOf(rowA) !== kind || records.kindOf(rowB) !== kind) return [];
    return [{ a: localOf(rowA), b: localOf(rowB), same }];
  });
}

/** Rows nearly in the order of their ids, so that the desk's index on them grows at its end. */
function inIdOrder(rows: readonly number[]): number[] {
  const keys = Float64Array.from(rows, (row) => records.ids.head(row) * 2 ** 27 + row);
  return Array.from(keys.toSorted(), (key) => key % 2 ** 27);
}

function lines(all: string[]): Uint8Array {
  return new TextEncoder().encode(all.join(''));
}

serveThread(methods);
