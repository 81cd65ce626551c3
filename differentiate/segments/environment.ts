// What a rule needs to be understood: the catalogue, the rules of the segments it names, the quick tables, the moment.
import type { Context } from '@vinculo/http';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { QuickTables } from './bases.ts';
import type { Meaning } from './compile.ts';
import { PROFILE_FIELDS, type SegmentField } from './fields.ts';
import { anyTouched, quickTables } from './lines.ts';
import { conditionsOf, type Rule, type RuleNode } from './rule.ts';

/** What the features that compute scores give, composed in apps/server/features.ts. */
export interface SegmentSources {
  /** Fields over their tables. */
  fields: readonly SegmentField[];
  /** Tables that say what the facts say, in a quicker form, read at one moment. */
  quick?: QuickTables;
  /** A query that gives `at`, that moment. */
  quickAt?: string;
  /** One row a customer with its `revenue`. */
  revenue?: string;
}

export interface Segments extends SegmentSources {
  context: Context;
  catalogue: ReadonlyMap<string, SegmentField>;
}

export function segmentsOver(context: Context, given: SegmentSources): Segments {
  return { ...given, context, catalogue: new Map([...PROFILE_FIELDS, ...given.fields].map((field) => [field.id, field])) };
}

/** The meaning of everything rules can say, at this moment. @param nodes the rules, to look up which segments they name. */
export async function meaningOf(
  { context, catalogue, quick: given }: Segments,
  nodes: readonly RuleNode[],
  at = new Date(),
): Promise<{ meaning: Meaning; touched: boolean }> {
  const { store, warehouse, settings } = context;
  const [{ timeZone, currency }, quick, touched, segments] = await Promise.all([
    settings.get(),
    quickTables(context, given),
    anyTouched({ warehouse }),
    rulesNamedIn(store.db, nodes),
  ]);
  return { meaning: { fields: catalogue, quick, segments, clock: { at, timeZone }, currency }, touched };
}

/** The rules of the segments these rules name, and of those that they name; `null` for lists. */
export async function rulesNamedIn(db: Kysely<unknown>, nodes: readonly RuleNode[]): Promise<Map<string, RuleNode | null>> {
  const found = new Map<string, RuleNode | null>();
  let asked = namedIn(nodes);
  while (asked.length > 0) {
    const { rows } = await sql<{ id: string; rule: Rule | null }>`
      select id, rule from segment where id = any(${asked}::uuid[]) and kind <> 'prospects'`.execute(db);
    for (const { id, rule } of rows) found.set(id, rule?.where ?? null);
    asked = namedIn(rows.flatMap(({ rule }) => (rule ? [rule.where] : []))).filter((id) => !found.has(id));
  }
  return found;
}

export const namedIn = (nodes: readonly RuleNode[]): string[] => [
  ...new Set(nodes.flatMap(conditionsOf).flatMap((condition) => (condition.kind === 'segment' ? [condition.segment] : []))),
];
