import { recordId, type Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import { deviceKey } from '../load/consent/tie-events.ts';

/** Who a visitor is, as far as their page may know: a given name and nothing else. */
export type Recognised = { known: false } | { known: true; givenName: string };

const STRANGER: Recognised = { known: false };
/** The category of consent, and the purpose of the customer's consents, without which nobody is recognised. */
const PURPOSE = 'personalise';
/** An id that could be guessed recognises nobody. Ours and Segment's have 36 characters. */
const SHORTEST_ID = 20;
/** As long as a browser keeps its id. */
const DAYS = 395;

/**
 * The rule by which a page may greet a visitor by name. All of it must hold, else they are a stranger, with the same answer whatever
 * was missing:
 *
 * 1. The source says that its pages may ask.
 * 2. The question is the id of a device, too long to guess. A userId or an e-mail is no question.
 * 3. Somebody is signed in on that device now: the last who said who they are, within 13 months, and did not sign out.
 * 4. The device is not shared: no more people used it than its source allows.
 * 5. That person agreed to be recognised: of everything they said on the web, or for all channels, about the purpose `personalise`,
 *    under any of their records, the newest is a yes.
 * 6. This very device told their given name. Who sends events can claim to be anybody, so a device hears only what it told itself.
 *
 * @param anonymousId - as the device sends it with its events.
 */
export async function recognise(store: Store, sourceId: string, anonymousId: string): Promise<Recognised> {
  if (anonymousId.length < SHORTEST_ID) return STRANGER;
  const { rows } = await sql<{ given_name: string }>`
    with turn as (
      select device.device_id, (device.turns -> -1 ->> 1)::uuid as record_id
        from event_device device join event_source source on source.source_id = device.source_id
       where device.device_id = ${recordId(sourceId, deviceKey(anonymousId))} and device.source_id = ${sourceId}
         and source.recognise and not device.shared
         and to_timestamp((device.turns -> -1 ->> 0)::bigint / 1000.0) > now() - make_interval(days => ${DAYS})
    ), same_person as (
      select record_id from turn
      union
      select others.record_id from turn
        join link own on own.record_id = turn.record_id and own.valid_to is null
        join link others on others.customer_id = own.customer_id and others.valid_to is null
    ), wish as (
      select granted from consent
       where record_id in (select record_id from same_person) and purpose = ${PURPOSE} and channel in ('web', 'any')
       order by occurred_at desc, granted limit 1
    )
    select name.given_name
      from turn join event_device_name name on name.device_id = turn.device_id and name.record_id = turn.record_id
     where exists (select from wish where granted)`.execute(store.db);
  return rows[0] ? { known: true, givenName: rows[0].given_name } : STRANGER;
}
