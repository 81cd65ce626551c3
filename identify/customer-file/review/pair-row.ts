import type { z } from 'zod';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { ReviewOpinion, ReviewRow } from '../api/review.ts';
import { seesPersonal, shownKey } from '../identity/mask.ts';
import { type Traits, valueOf } from '../identity/traits.ts';

type Row = z.infer<typeof ReviewRow>;

export interface RecordOfPair {
  id: string;
  source: string;
  label: string;
  key: string;
  traits: Traits;
}

export interface PairRow {
  id: string;
  kind: Row['kind'];
  doubt: Row['doubt'];
  state: Row['state'] | 'gone';
  verdict: 'same' | 'different' | null;
  pattern: string;
  alike: number;
  probability: number;
  teaches: number;
  a: RecordOfPair;
  b: RecordOfPair;
  opinions: OpinionRow[] | null;
}

interface OpinionRow {
  id: string;
  verdict: z.infer<typeof ReviewOpinion>['verdict'];
  by_id: string;
  by_name: string;
  settles: boolean;
  note: string | null;
  decided_at: string;
  bulk_id: string | null;
}

/** The columns of a {@link PairRow}, of a pair `p` joined with its records. */
export const PAIR_COLUMNS = sql`
  p.id, p.kind, p.doubt, p.state, p.verdict, p.pattern, p.alike, p.probability, p.teaches,
  jsonb_build_object('id', ra.id, 'source', sa.id, 'label', sa.label, 'key', ra.key, 'traits', ra.traits) as a,
  jsonb_build_object('id', rb.id, 'source', sb.id, 'label', sb.label, 'key', rb.key, 'traits', rb.traits) as b,
  (select jsonb_agg(to_jsonb(d) order by d.decided_at, d.id) from review_decision d where d.pair_id = p.id and d.undone_at is null) as opinions`;

/** The same with the sides in the order of their sources, so that a source always stands on the same side. */
export function inOrder<Row extends PairRow>(row: Row): Row {
  const turn = row.b.label.localeCompare(row.a.label) < 0;
  return turn ? { ...row, a: row.b, b: row.a } : row;
}

/** A row of the list; names are no personal datum in the sense of masking. */
export function toRow(found: PairRow, actor: Actor): Row {
  const row = inOrder(found);
  const open = seesPersonal(actor);
  return {
    id: row.id,
    kind: row.kind,
    doubt: row.doubt,
    // A question the last unification no longer asks is as open as it was to those who had begun to answer it.
    state: row.state === 'gone' ? 'open' : row.state,
    verdict: row.verdict,
    pattern: row.pattern,
    alike: row.alike,
    probability: row.probability,
    teaches: row.teaches,
    a: toRecord(row.a, open),
    b: toRecord(row.b, open),
    opinions: (row.opinions ?? []).map((opinion) => ({
      id: opinion.id,
      verdict: opinion.verdict,
      by: opinion.by_name,
      mine: opinion.by_id === actor.id,
      settles: opinion.settles,
      note: opinion.note,
      at: new Date(opinion.decided_at).toISOString(),
      bulkId: opinion.bulk_id,
    })),
  };
}

function toRecord({ id, source, label, key: full, traits }: RecordOfPair, open: boolean): Row['a'] {
  const key = shownKey(full, open);
  const person = ['given', 'surname1', 'surname2'].map((field) => valueOf(traits, field)).filter(Boolean);
  const name = person.join(' ') || valueOf(traits, 'company') || valueOf(traits, 'trade_name') || key;
  return { id, sourceId: source, sourceLabel: label, key, name };
}
