// What somebody wants to reach of a measure in a month, a quarter or a year: of the company, of a store, a channel or a source.
import type { z } from 'zod';
import { invalid, notFound } from '@vinculo/errors';
import { type Actor, newId, type Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { NewTarget, Target } from '../api/boards.ts';
import type { Filters } from './conditions.ts';
import { MEASURE, type MeasureName } from './measures.ts';
import { addDays, daysBetween, endOf, type Stretch, startOf } from './periods.ts';

type View = z.infer<typeof Target>;

interface Row {
  id: string;
  measure: MeasureName;
  scope: View['scope'];
  scope_key: string;
  unit: View['unit'];
  starts_on: string;
  ends_on: string;
  value: number;
  note: string;
  changed_by: string;
  changed_at: Date;
}
const toView = (row: Row): View => ({
  id: row.id,
  measure: row.measure,
  scope: row.scope,
  scopeKey: row.scope_key,
  unit: row.unit,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  value: row.value,
  note: row.note,
  changedBy: row.changed_by,
  changedAt: row.changed_at.toISOString(),
});

/** The latest period first. */
export async function listTargets({ db }: Store): Promise<View[]> {
  const { rows } = await sql<Row>`select * from target order by starts_on desc, measure, scope, scope_key limit 2000`.execute(db);
  return rows.map(toView);
}

/** Sets the target of a measure, scope and period; one there already is replaced. */
export async function setTarget(store: Store, actor: Actor, input: z.infer<typeof NewTarget>): Promise<View> {
  if ((input.scope === 'company') !== (input.scopeKey === ''))
    throw invalid({
      es: 'di de qué tienda, canal o fuente es el objetivo, o ponlo para toda la empresa',
      en: 'say of which store, channel or source the target is, or set it for the whole company',
    });
  const startsOn = startOf(input.day, input.unit);
  const endsOn = endOf(input.day, input.unit);
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<Row>`
      insert into target (id, measure, scope, scope_key, unit, starts_on, ends_on, value, note, changed_by)
      values (${newId()}, ${input.measure}, ${input.scope}, ${input.scopeKey}, ${input.unit}, ${startsOn}, ${endsOn}, ${input.value}, ${input.note}, ${actor.name})
      on conflict (measure, scope, scope_key, starts_on, ends_on)
      do update set value = excluded.value, note = excluded.note, changed_by = excluded.changed_by, changed_at = now()
      returning *`.execute(tx);
    const row = rows[0]!;
    await tx.emit(
      'target.set',
      { kind: 'target', id: row.id },
      { measure: row.measure, scope: row.scope_key || row.scope, from: startsOn, value: row.value },
    );
    return toView(row);
  });
}

export async function removeTarget(store: Store, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<Row>`delete from target where id = ${id} returning *`.execute(tx);
    if (!rows[0]) throw notFound('target', id);
    await tx.emit('target.removed', { kind: 'target', id }, { measure: rows[0].measure, from: rows[0].starts_on, value: rows[0].value });
  });
}

/** What was planned for a stretch, out of the targets that lie over it. */
export interface Plan {
  value: number;
  /** For as much of the stretch as is over: a third of the month, a third of its target; an average is due at once. */
  due: number;
}

/** The scope of a card: one store, channel or source if its filters leave just one, else the company. */
function scopeOf(filters: readonly Filters[]): { scope: string; key: string } | undefined {
  const asked = filters.flatMap((set) => Object.entries(set).filter(([name, value]) => name !== 'period' && value !== undefined));
  if (asked.length === 0) return { scope: 'company', key: '' };
  const [name, values] = asked[0]!;
  const one = Array.isArray(values) && values.length === 1 && ['store', 'channel', 'source'].includes(name);
  return asked.length === 1 && one ? { scope: name, key: values[0]! } : undefined;
}

/**
 * The plan of a measure over each stretch; undefined where the targets do not cover the whole of it, or where the card looks at
 * a part of the company for which nobody sets targets. Each day counts the shortest target over it.
 */
export async function plans(
  { db }: Store,
  measure: MeasureName,
  filters: readonly Filters[],
  stretches: readonly Stretch[],
): Promise<(Plan | undefined)[]> {
  const scope = scopeOf(filters);
  if (!scope || stretches.length === 0) return stretches.map(() => undefined);
  const { rows } = await sql<Row>`
    select * from target where measure = ${measure} and scope = ${scope.scope} and scope_key = ${scope.key}
     order by ends_on - starts_on, starts_on`.execute(db);
  return stretches.map((stretch) => planOf(rows, stretch, MEASURE[measure].additive));
}

function planOf(targets: readonly Row[], { from, to, end }: Stretch, additive: boolean): Plan | undefined {
  let value = 0;
  let due = 0;
  for (let day = from; day <= end; ) {
    const over = targets.find(({ starts_on, ends_on }) => starts_on <= day && day <= ends_on);
    if (!over) return undefined;
    // Up to where this target ends, or a shorter one begins.
    const shorter = targets
      .filter((one) => one !== over && one.starts_on > day && span(one) < span(over))
      .map(({ starts_on }) => addDays(starts_on, -1));
    const until = [over.ends_on, end, ...shorter].reduce((a, b) => (a < b ? a : b));
    const days = daysBetween(day, until) + 1;
    const past = to < day ? 0 : Math.min(days, daysBetween(day, to) + 1);
    const weight = additive ? over.value / span(over) : over.value / (daysBetween(from, end) + 1);
    value += weight * days;
    due += additive ? weight * past : weight * days;
    day = addDays(until, 1);
  }
  return { value, due };
}

const span = ({ starts_on, ends_on }: Row): number => daysBetween(starts_on, ends_on) + 1;
