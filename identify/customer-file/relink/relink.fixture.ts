// A file in which settings matter: mothers and daughters whom a shared telephone would join, and movers whom only their city would part.
import { personSettings, type Settings } from '@vinculo/matching';
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';
import { addStep } from './relink-rows.ts';

export const PEOPLE = 160;
export const DAUGHTERS = 6;
/** Whose card has an address. */
const MOVED = new Set([51, 53, 54, 55]);
export const MOVERS = MOVED.size;

/** Cards of everybody and web accounts of most; of a few also a survey that a daughter answered on the same telephone. */
export async function smallFile(): Promise<TestFile> {
  const file = await testFile();
  const people = strangers(0, PEOPLE);
  await file.add(
    'tarjeta',
    people.map(({ card }) => card),
  );
  await file.add(
    'web',
    people.slice(0, 100).map(({ web }, n) => ({ ...web, city: MOVED.has(n) ? 'Sevilla' : 'Madrid' })),
  );
  await file.add(
    'encuestas',
    people
      .slice(100, 100 + DAUGHTERS)
      .map(({ card }) => ({ key: `E${card.key}`, given_name: 'Ximena', surname1: card.surname1!, mobile: card.mobile! })),
  );
  await unify(file.context, { scope: 'all' });
  return file;
}

/** Whoever has the same mobile is one, whatever the given name. */
export function daring(): Settings {
  const settings = personSettings();
  return {
    ...settings,
    rules: [...settings.rules, { name: 'same mobile', equal: ['mobile'] }],
    constraints: { ...settings.constraints, apart: [] },
  };
}

/** Nobody lives in two cities. */
export function careful(): Settings {
  const settings = personSettings();
  return { ...settings, constraints: { ...settings.constraints, mustAgree: ['kind', 'city'] } };
}

export async function draft({ context }: TestFile, settings: Settings, note = 'Prueba', train = false): Promise<string> {
  const id = newId();
  await context.store.transaction(SYSTEM, async (tx) => {
    await sql`
      insert into relink (id, kind, settings, note, train, created_by)
      values (${id}, 'person', ${JSON.stringify(settings)}, ${note}, ${train}, 'Ana')`.execute(tx);
    await addStep(tx, id, 'drafted', 'Ana');
  });
  return id;
}

/** Everything that says who is who, as comparable text. */
export async function identityOf({ context }: TestFile): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    select string_agg(line, E'\\n' order by line) as text from (
      select record_id || ' ' || customer_id || ' ' || reason || ' ' || evidence::text as line from link where valid_to is null
      union all
      select id || ' ' || coalesce(merged_into::text, '-') || ' ' || records || ' ' || display_name || ' ' || golden::text
        from customer c where exists (select from link where customer_id = c.id and valid_to is null)
    ) lines`.execute(context.store.db);
  return rows[0]!.text;
}

/** Whose each record is, as the warehouse knows it. */
export async function published({ context }: TestFile): Promise<Map<string, string>> {
  const rows = await context.warehouse.rows<{ r: string; c: string }>(
    'select toString(record_id) as r, toString(customer_id) as c from identity final',
  );
  return new Map(rows.map(({ r, c }) => [r, c]));
}
