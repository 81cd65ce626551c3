// What somebody wants to reach of a measure in a month, a quarter or a year: of the company, of a store, a channel or a source.
import type { z } from 'zod';
import { invalid, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId, type Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { NewTarget, Target } from '../api/boards.ts';
import { UNKNOWN } from './conditions.ts';
import { isTimeless, MEASURE, type MeasureName } from './measures.ts';
import { endOf, startOf } from './periods.ts';

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
export async function setTarget(context: Stores, actor: Actor, input: New): Promise<View> {
  const { store } = context;
  refuseFigure(input);
  await refuseScope(context, input);
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

type New = z.infer<typeof NewTarget>;
type Stores = Pick<Context, 'store' | 'warehouse'>;

/** Plans may say a loss; nobody plans to sell less than nothing, nor more than all of them to come back. */
const MAY_LOSE: readonly MeasureName[] = ['profit', 'margin'];
/** Later or earlier ones are slips of the keyboard. */
const YEARS = ['1990', '2100'];

function refuseFigure({ measure, value, day }: New): void {
  const { unit, better } = MEASURE[measure];
  if (isTimeless(measure))
    throw wrong('measure', {
      es: 'esta medida es de hoy y no de un mes: elige una que tenga periodo, como ingresos o pedidos',
      en: 'this measure is of today, not of a month: choose one that has a period, such as revenue or orders',
    });
  if (day.slice(0, 4) < YEARS[0]! || day.slice(0, 4) > YEARS[1]!)
    throw wrong('day', {
      es: `el año es ${day.slice(0, 4)}: escribe un día entre ${YEARS.join(' y ')}`,
      en: `the year is ${day.slice(0, 4)}: write a day between ${YEARS.join(' and ')}`,
    });
  if (unit === 'share' && (value < 0 || value > 1))
    throw wrong('value', {
      es: `el objetivo es una parte y va en tanto por uno, de 0 a 1: para un 25 % escribe 0,25, no ${value}`,
      en: `the target is a share and is written as a fraction, from 0 to 1: for 25% write 0.25, not ${value}`,
    });
  if (!MAY_LOSE.includes(measure) && (value < 0 || (value === 0 && better !== 'less')))
    throw wrong('value', {
      es: `el objetivo es ${value}: escribe un número mayor que cero`,
      en: `the target is ${value}: write a number above zero`,
    });
}

/** Of a store that nobody has bought in a target would never be seen: it is a slip, or comes too soon. */
async function refuseScope({ store, warehouse }: Stores, { scope, scopeKey }: New): Promise<void> {
  if ((scope === 'company') !== (scopeKey === ''))
    throw wrong('scopeKey', {
      es: 'di de qué tienda, canal o fuente es el objetivo, o ponlo para toda la empresa',
      en: 'say of which store, channel or source the target is, or set it for the whole company',
    });
  if (scope === 'company') return;
  const key = scopeKey === UNKNOWN ? '' : scopeKey;
  const tables = scope === 'store' ? ['fact_order'] : ['fact_order', 'fact_contact'];
  const [found] = await warehouse.rows<{ some: number }>(
    `select count() as some from (${tables.map((table) => `(select 1 from ${table} where ${scope} = {key:String} limit 1)`).join(' union all ')})`,
    { key },
  );
  if (found?.some) return;
  if (scope === 'source') {
    const { rows } = await sql`select 1 from source where id::text = ${key}`.execute(store.db);
    if (rows.length > 0) return;
  }
  throw wrong('scopeKey', {
    es: `no hay nada de «${scopeKey}»: elige ${{ store: 'una tienda', channel: 'un canal', source: 'una fuente' }[scope]} de la lista, o espera a su primera compra`,
    en: `there is nothing of “${scopeKey}”: choose a ${scope} from the list, or wait for its first purchase`,
  });
}

/** Says it, and at which field. */
const wrong = (path: string, words: { es: string; en: string }) => invalid(words, [{ path, message: words }]);

export async function removeTarget(store: Store, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<Row>`delete from target where id = ${id} returning *`.execute(tx);
    if (!rows[0]) throw notFound('target', id);
    await tx.emit('target.removed', { kind: 'target', id }, { measure: rows[0].measure, from: rows[0].starts_on, value: rows[0].value });
  });
}
