import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import type { CustomerSummary } from '../api/customers.ts';
import { maskBirthDate, maskEmail, maskNationalId, maskPhone, seesPersonal } from '../identity/mask.ts';
import { toScore } from './customer-row.ts';
import { findCustomer, recordIds, sourceLabels } from '../identity/find-customer.ts';
import { findScore } from './find-score.ts';
import { nextAction } from './next-action.ts';
import { freshFigures } from '../facts/fresh-purchases.ts';
import { seenScore, seesWorth } from './worth.ts';

/** Who this is and what to do: the sticky left column, in one answer. */
export async function customerSummary(context: Context, actor: Actor, id: string): Promise<z.infer<typeof CustomerSummary>> {
  const { store, warehouse } = context;
  const { customer, redirectedFrom } = await findCustomer(store, id);
  const [found, labels, records] = await Promise.all([findScore(store, customer.id), sourceLabels(store), recordIds(store, customer.id)]);
  const askLast = warehouse.rows<{ at: string; kind: string; channel: string; topic: string }>(
    `select formatDateTime(at, '%Y-%m-%dT%H:%i:%SZ') as at, kind, channel, topic from (
       select occurred_at as at, 'contact' as kind, channel, topic from contact final where record_id in {records:Array(UUID)}
       union all
       select occurred_at, 'campaign', channel, campaign_key from campaign_contact final where record_id in {records:Array(UUID)}
     ) order by at desc limit 1`,
    { records },
  );
  const [lastContacts, fresh] = await Promise.all([askLast, freshFigures(context, records)]);
  const open = seesPersonal(actor);
  const score = found ? seenScore(toScore(found), actor) : null;
  return {
    id: customer.id,
    redirectedFrom,
    kind: customer.kind,
    name: customer.display_name,
    email: open ? customer.email : maskEmail(customer.email),
    phone: open ? customer.phone : maskPhone(customer.phone),
    nationalId: open ? customer.national_id : maskNationalId(customer.national_id),
    birthDate: open ? customer.birth_date : maskBirthDate(customer.birth_date),
    city: customer.city,
    province: customer.province,
    masked: !open,
    records: customer.records,
    sources: customer.sources.map((source) => ({ id: source, label: labels.get(source) ?? source })),
    firstSeen: earliest(customer.first_seen.toISOString(), score?.firstPurchaseAt, noonOf(customer.known_since)),
    changedAt: customer.changed_at.toISOString(),
    score,
    recent: fresh && { ...fresh, revenue: seesWorth(actor) ? fresh.revenue : null },
    lastContact: lastContacts[0] ?? null,
    nextAction: nextAction({ score, email: customer.email, phone: customer.phone, now: new Date() }),
  };
}

/** A day of the calendar, whatever the zone of who reads it. */
const noonOf = (day: string | null) => day && `${day}T12:00:00Z`;

/** Since when they are a customer: what a source says or the first purchase, if earlier than the moment they were loaded. */
function earliest(loaded: string, ...others: (string | null | undefined)[]): string {
  const instants = [loaded, ...others].flatMap((at) => (at && !Number.isNaN(Date.parse(at)) ? [new Date(at).toISOString()] : []));
  return instants.toSorted()[0]!;
}
