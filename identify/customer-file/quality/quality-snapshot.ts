import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { type Actor, SYSTEM } from '@vinculo/postgres';
import type { Quality } from '../api/quality.ts';
import { seesPersonal } from '../identity/mask.ts';
import { findProblems, type Found } from './find-problems.ts';
import { maskValue } from './mask-value.ts';
import { type FieldFigures, measureFields, scoreOf } from './measure-fields.ts';

type QualityReport = z.infer<typeof Quality>;

interface Snapshot {
  taken_at: Date;
  score: number;
  fields: FieldFigures[];
  problems: Found[];
}

/** Measures the file now and keeps it as today's; the last of a day stays. */
export async function takeSnapshot(
  context: Pick<Context, 'store' | 'warehouse'>,
): Promise<{ score: number; fields: number; problems: number }> {
  const fields = await measureFields(context);
  const problems = await findProblems(context, fields);
  const score = scoreOf(fields);
  await context.store.transaction(SYSTEM, (tx) =>
    sql`
      insert into quality_snapshot (taken_on, score, fields, problems)
      values (current_date, ${score}, ${JSON.stringify(fields)}, ${JSON.stringify(problems)})
      on conflict (taken_on) do update
        set taken_at = now(), score = excluded.score, fields = excluded.fields, problems = excluded.problems`.execute(tx),
  );
  return { score, fields: fields.length, problems: problems.length };
}

/** Whether there are records, and nobody has ever looked how good they are. */
export async function neverMeasured({ store }: Pick<Context, 'store'>): Promise<boolean> {
  const { rows } = await sql<{ never: boolean }>`
    select exists (select from source_record) and not exists (select from quality_snapshot) as never`.execute(store.db);
  return rows[0]!.never;
}

/** Up to so many records are measured while somebody waits. */
const AT_ONCE = 20_000;

/** A file that was never measured: a small one is, of a large one only what a single pass tells until the night's job has its turn. */
async function firstLook(context: Pick<Context, 'store' | 'warehouse'>): Promise<Snapshot> {
  const [counted] = await context.warehouse.rows<{ records: number }>('select count() as records from match_record');
  if (Number(counted!.records) > AT_ONCE) {
    const fields = await measureFields(context, { compare: false });
    return { taken_at: new Date(), score: scoreOf(fields), fields, problems: [] };
  }
  await takeSnapshot(context);
  return (await latest(context))!;
}

/** How good the data was when it was measured last; measured now when it never was. */
export async function quality(
  context: Pick<Context, 'store' | 'warehouse'>,
  actor: Pick<Actor, 'kind' | 'permissions'> = SYSTEM,
): Promise<QualityReport> {
  const { taken_at, score, fields, problems } = (await latest(context)) ?? (await firstLook(context));
  const { rows: trend } = await sql<{ on: string; score: number }>`
    select to_char(taken_on, 'YYYY-MM-DD') as on, score from (select taken_on, score from quality_snapshot order by taken_on desc limit 365) days
     order by taken_on`.execute(context.store.db);
  const open = seesPersonal(actor);
  return {
    score,
    takenAt: taken_at.toISOString(),
    fields,
    problems: problems.map((problem) => ({
      ...problem,
      value: problem.value === null || open ? problem.value : maskValue(problem.field, problem.value),
    })),
    trend,
  };
}

/**
 * The value behind what a reader who sees no personal data was shown. Only of the problems found: or whoever may not read an e-mail
 * could ask whose it is.
 */
export async function valueShownAs(
  { store }: Pick<Context, 'store'>,
  { kind, field, value }: Pick<Found, 'kind' | 'field'> & { value: string },
): Promise<string | undefined> {
  const problems = (await latest({ store }))?.problems ?? [];
  const shown = problems.find(
    (one) => one.kind === kind && one.field === field && one.value !== null && maskValue(field, one.value) === value,
  );
  return shown?.value ?? undefined;
}

async function latest({ store }: Pick<Context, 'store'>): Promise<Snapshot | undefined> {
  const { rows } =
    await sql<Snapshot>`select taken_at, score, fields, problems from quality_snapshot order by taken_on desc limit 1`.execute(store.db);
  return rows[0];
}
