// Over which channels customers bought: few sets of them, each with a number that a score carries.
import type { Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';

/**
 * The number of each set of channels; one never seen gets the next. Who writes scores does so alone.
 *
 * @param sets each in the order in which it is to be shown.
 */
export async function channelSets(tx: Transaction, sets: readonly (readonly string[])[]): Promise<number[]> {
  const asked = sql`(
    select place, array(select jsonb_array_elements_text(list)) as channels
      from jsonb_array_elements(${JSON.stringify(sets)}::jsonb) with ordinality as a(list, place)) asked`;
  await sql`
    insert into channel_set (id, channels)
    select (select coalesce(max(id), 0) from channel_set) + row_number() over (), channels
      from (select distinct channels from ${asked}) one where not exists (select from channel_set k where k.channels = one.channels)`.execute(
    tx,
  );
  const { rows } = await sql<{ id: number }>`
    select k.id from ${asked} join channel_set k on k.channels = asked.channels order by asked.place`.execute(tx);
  return rows.map(({ id }) => id);
}
