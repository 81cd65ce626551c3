import { findSource } from '@vinculo/customer-file';
import type { Actor, Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { EventSettings, EventSettingsChange } from '../api/collect.ts';

interface Row {
  consent: z.infer<typeof EventSettings>['consent'];
  consent_category: string;
  device_people: number;
  recognise: boolean;
  updated_at: Date;
  updated_by: string;
}

/** How the events of a source are treated; the defaults of the table where nobody said anything. @throws VIN_SOURCE_NOT_FOUND */
export async function eventSettings(store: Store, sourceId: string): Promise<z.infer<typeof EventSettings>> {
  await findSource(store, sourceId);
  const { rows } = await sql<Row>`
    select consent, consent_category, device_people, recognise, updated_at, updated_by from event_source
     where source_id = ${sourceId}`.execute(store.db);
  return asSettings(sourceId, rows[0]);
}

/** From then on: events already loaded stay as they are. @throws VIN_SOURCE_NOT_FOUND */
export async function changeEventSettings(
  store: Store,
  actor: Actor,
  sourceId: string,
  change: z.output<typeof EventSettingsChange>,
): Promise<z.infer<typeof EventSettings>> {
  const before = await eventSettings(store, sourceId);
  const { consent, consentCategory, devicePeople, recognise } = { ...before, ...change };
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<Row>`
      insert into event_source (source_id, consent, consent_category, device_people, recognise, updated_by)
      values (${sourceId}, ${consent}, ${consentCategory}, ${devicePeople}, ${recognise}, ${actor.name})
      on conflict (source_id) do update
         set consent = coalesce(${change.consent ?? null}, event_source.consent),
             consent_category = coalesce(${change.consentCategory ?? null}, event_source.consent_category),
             device_people = coalesce(${change.devicePeople ?? null}, event_source.device_people),
             recognise = coalesce(${change.recognise ?? null}, event_source.recognise),
             updated_at = now(), updated_by = excluded.updated_by
      returning consent, consent_category, device_people, recognise, updated_at, updated_by`.execute(tx);
    await tx.emit('source.events_changed', { kind: 'source', id: sourceId }, { change });
    return asSettings(sourceId, rows[0]);
  });
}

function asSettings(sourceId: string, row: Row | undefined): z.infer<typeof EventSettings> {
  return {
    sourceId,
    consent: row?.consent ?? 'not_refused',
    consentCategory: row?.consent_category ?? 'analytics',
    devicePeople: row?.device_people ?? 3,
    recognise: row?.recognise ?? false,
    updatedAt: row?.updated_at.toISOString() ?? null,
    updatedBy: row?.updated_by ?? null,
  };
}
