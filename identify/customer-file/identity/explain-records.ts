// Why the records of one customer are one. Of doubtful pairs, what unification saw is kept with the link; one beyond doubt, one it
// did not weigh, or one whose records have changed since, is weighed here with the model in force. A model of an earlier version, which
// does not remember how common values are, weighs them among a sample of the file: rare values then count a little less than they did.
import { explainer, type Model, modelSchema, tableOf } from '@vinculo/matching';
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { PairExplanation } from '../api/customers.ts';
import { maskField } from './mask.ts';
import { type ModelInForce, modelsKnown, wholeModel } from './queries.ts';

type Explanation = z.infer<typeof PairExplanation>;

export interface ExplainedRecord {
  id: string;
  kind: 'person' | 'company';
  changed_at: Date;
  evidence: Record<string, unknown>;
  valid_from: Date;
}

interface Weighed {
  record?: string;
  rule?: string;
  weight?: number;
  probability?: number;
  prior?: number;
  terms?: [field: string, level: string, weight: number][];
}

const MOST_PAIRS = 30;
const SAMPLE = 10_000;

type Values = Record<string, string>;

/** One explanation for each record that is tied to another: together they hold the customer together. */
export async function explainRecords(context: Context, records: readonly ExplainedRecord[], open: boolean): Promise<Explanation[]> {
  if (records.length < 2) return [];
  const model = (await modelsKnown(context.store.db))[records[0]!.kind];
  if (!model) return [];
  const values = await matchValues(
    context,
    records.map(({ id }) => id),
  );
  const live = liveExplainer(context, model, values);
  const byId = new Map(records.map((record) => [record.id, record]));
  const explanations: Explanation[] = [];
  const seen = new Set<string>();
  for (const record of records.slice(0, MOST_PAIRS)) {
    const other = byId.get((record.evidence as Weighed).record ?? '') ?? nearest(record, records);
    const [a, b] = record.id < other.id ? [record, other] : [other, record];
    if (seen.has(`${a.id} ${b.id}`)) continue;
    seen.add(`${a.id} ${b.id}`);
    explanations.push(kept(record, other, model, values) ?? (await live(record.id, other.id)));
  }
  return open ? explanations : explanations.map(masked);
}

/** A record that a person tied is held against the first of the others. */
const nearest = (record: ExplainedRecord, records: readonly ExplainedRecord[]) => (records[0] === record ? records[1]! : records[0]!);

/** The weights as they were when the link was made, if both records still are what they were then. */
function kept(record: ExplainedRecord, other: ExplainedRecord, model: ModelInForce, values: Map<string, Values>): Explanation | undefined {
  const { record: with_, rule, weight, probability, prior, terms } = record.evidence as Weighed;
  if (with_ !== other.id || !terms || weight === undefined || probability === undefined || prior === undefined) return undefined;
  if (record.changed_at > record.valid_from || other.changed_at > record.valid_from) return undefined;
  const columns = columnsOf(model);
  const value = (id: string, field: string) => text((columns.get(field) ?? []).map((column) => values.get(id)?.[column] ?? ''));
  return {
    a: record.id,
    b: other.id,
    weight,
    probability,
    prior,
    rule: rule ?? null,
    terms: terms.map(([field, level, bits]) => ({
      field,
      level,
      weight: bits,
      valueA: value(record.id, field),
      valueB: value(other.id, field),
    })),
  };
}

function columnsOf(model: ModelInForce): Map<string, string[]> {
  return new Map(modelSchema.parse(model.model).settings.fields.map(({ name, columns }) => [name, columns]));
}

/** With the constraint that keeps the two apart whatever the weight. */
export type WeighedPair = Explanation & { apart: string | null };

/** Weighs pairs with the model in force, which is read when the first pair needs it. */
export function liveExplainer(context: Context, model: ModelInForce, values: Map<string, Values>) {
  let explain: ((a: string, b: string) => WeighedPair) | undefined;
  return async (a: string, b: string): Promise<WeighedPair> => {
    explain ??= await prepare();
    return explain(a, b);
  };

  async function prepare() {
    const known = await modelRead(context, model);
    const sample = known.learned ? [] : await sampleOf(context, model.kind);
    const ids = [...values.keys()];
    const pair = explainer(tableOf([...values.values(), ...sample]), known);
    return (a: string, b: string): WeighedPair => {
      const { weight, probability, prior, rule, apart, terms } = pair(ids.indexOf(a), ids.indexOf(b));
      const said = terms.filter(({ label }) => label !== 'missing');
      return {
        a,
        b,
        weight,
        probability,
        prior,
        rule: rule ?? null,
        apart: apart ?? null,
        terms: said.map(({ field, label, weight: bits, left, right }) => ({
          field,
          level: label,
          weight: bits,
          valueA: text(left),
          valueB: text(right),
        })),
      };
    };
  }
}

const read = new WeakMap<object, Map<string, { id: string; model: Model }>>();

/** The model with what it remembers of its file, which is large: the last of each kind that was read is kept. */
async function modelRead({ store }: Context, inForce: ModelInForce): Promise<Model> {
  const kept = read.get(store) ?? read.set(store, new Map()).get(store)!;
  const known = kept.get(inForce.kind);
  if (known?.id === inForce.id) return known.model;
  const model = modelSchema.parse(await wholeModel(store.db, inForce));
  kept.set(inForce.kind, { id: inForce.id, model });
  return model;
}

function sampleOf({ warehouse }: Context, kind: string): Promise<Values[]> {
  return warehouse.rows<Values>(
    `select ${COLUMNS} from match_record final
      where kind = {kind:String} and cityHash64(record_id) % greatest(1, intDiv((select count() from match_record), {sample:UInt32})) = 0
      limit {sample:UInt32}`,
    { kind, sample: SAMPLE },
  );
}

/** The columns of a field as one text; a short form that is no shorter is not said twice. */
const text = (parts: string[]) => [...new Set(parts.filter(Boolean))].join(' ');

const COLUMNS = 'given, given_root, surname1, surname2, birth_date, national_id, email, phone, mobile, street, postcode, city, company';

/** What linkage compares of these records. */
export async function matchValues({ warehouse }: Context, ids: string[]): Promise<Map<string, Values>> {
  const rows = await warehouse.rows<Values & { id: string }>(
    `select toString(record_id) as id, ${COLUMNS} from match_record final where record_id in {ids:Array(UUID)}`,
    { ids },
  );
  return new Map(rows.map(({ id, ...row }) => [id, row as Values]));
}

export function masked<T extends Explanation>(explanation: T): T {
  return {
    ...explanation,
    terms: explanation.terms.map((term) => ({
      ...term,
      valueA: maskField(term.field, term.valueA),
      valueB: maskField(term.field, term.valueB),
    })),
  };
}
