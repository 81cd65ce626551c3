// What paper forms ask, and the source their people come of.
import { addSource } from '@vinculo/customer-file';
import { conflict, notFound } from '@vinculo/errors';
import { type Context, page } from '@vinculo/http';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { NewTemplate, ReplyTemplate, TemplateChange } from '../api/replies.ts';

export interface TemplateRow {
  id: string;
  name: string;
  source_id: string;
  fields: z.infer<typeof ReplyTemplate>['fields'];
  consents: z.infer<typeof ReplyTemplate>['consents'];
  archived_at: string | Date | null;
}

export const toTemplate = (row: TemplateRow): z.infer<typeof ReplyTemplate> => ({
  id: row.id,
  name: row.name,
  sourceId: row.source_id,
  fields: row.fields,
  consents: row.consents,
  archived: row.archived_at !== null,
});

export async function listTemplates({ store }: Context): Promise<z.infer<ReturnType<typeof page<typeof ReplyTemplate>>>> {
  const { rows } = await sql<TemplateRow>`
    select * from reply_template order by archived_at is not null, lower(name), id limit 500`.execute(store.db);
  return { items: rows.map(toTemplate), next: null };
}

/** @throws VIN_REPLY_CONFLICT, VIN_SOURCE_CONFLICT for a name in use. */
export async function addTemplate(
  context: Context,
  actor: Actor,
  given: z.output<typeof NewTemplate>,
): Promise<z.infer<typeof ReplyTemplate>> {
  const { store, settings } = context;
  await store.transaction(actor, (tx) => nameIsFree(tx, given.name, undefined));
  const id = newId();
  const { country } = await settings.get();
  // Sources are named for the command line; a form's own never collides with another's.
  const source = await addSource(store, actor, { name: `form-${id.slice(-12)}`, label: given.name, country, trust: 60 });
  return store.transaction(actor, async (tx) => {
    await nameIsFree(tx, given.name, undefined);
    const { rows } = await sql<TemplateRow>`
      insert into reply_template (id, name, source_id, fields, consents)
      values (${id}, ${given.name}, ${source.id}, ${given.fields}, ${JSON.stringify(given.consents)}::jsonb) returning *`.execute(tx);
    await tx.emit('reply.template_added', { kind: 'reply', id }, { name: given.name, fields: given.fields });
    return toTemplate(rows[0]!);
  });
}

/** What was typed by an earlier version of the form stays as it is. @throws VIN_REPLY_NOT_FOUND, VIN_REPLY_CONFLICT */
export async function changeTemplate(
  { store }: Context,
  actor: Actor,
  id: string,
  change: z.output<typeof TemplateChange>,
): Promise<z.infer<typeof ReplyTemplate>> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<TemplateRow>`select * from reply_template where id = ${id} for update`.execute(tx);
    const before = rows[0];
    if (!before) throw notFound('reply', id);
    const archived = change.archived ?? before.archived_at !== null;
    if (!archived) await nameIsFree(tx, change.name ?? before.name, id);
    const { rows: after } = await sql<TemplateRow>`
      update reply_template
         set name = ${change.name ?? before.name}, fields = ${change.fields ?? before.fields},
             consents = ${JSON.stringify(change.consents ?? before.consents)}::jsonb, archived_at = ${archived ? sql`coalesce(archived_at, now())` : null}
       where id = ${id} returning *`.execute(tx);
    await tx.emit('reply.template_changed', { kind: 'reply', id }, { name: before.name, change });
    return toTemplate(after[0]!);
  });
}

async function nameIsFree(tx: Transaction, name: string, but: string | undefined): Promise<void> {
  const { rows } = await sql`
    select from reply_template where lower(name) = lower(${name}) and archived_at is null and id is distinct from ${but ?? null}`.execute(
    tx,
  );
  if (rows.length > 0)
    throw conflict('reply', {
      es: `Ya hay un formulario que se llama «${name}». Ponle otro nombre.`,
      en: `There is a form called "${name}" already. Give it another name.`,
    });
}
