// Which events other systems can be told of, and out of which events of the outbox each is made.
import type { OutboxEvent } from '@vinculo/http';
import type { Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';

/** One thing to be told about one customer. */
export interface Told {
  type: string;
  customer: string;
  /** Ids and words without personal data; what else is told is read when the message is first sent. */
  data: Record<string, unknown>;
}

/** Features to the right add theirs in apps/server/features.ts: `connections({ events: [orderEvents] })`. */
export interface WebhookEvent {
  /** Of the messages: `customer.created`. */
  types: readonly string[];
  /** Of the outbox. */
  from: readonly string[];
  /** What the event says, customer by customer; many at once are a {@link FanOut}. */
  tell(event: OutboxEvent, tx: Transaction): Promise<Told[] | FanOut>;
}

/** Customers that the event does not name: they are read page by page afterwards. */
export interface FanOut {
  kind: 'unification' | 'segment';
  type: string;
  data: Record<string, unknown>;
}

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);

/** Of customers named together, those made at this moment are new: their first moment is also that of their last change. */
async function createdOrUpdated(tx: Transaction, customers: readonly string[]): Promise<Told[]> {
  const { rows } = await sql<{ id: string; created: boolean }>`
    select id, first_seen = changed_at as created from customer where id = any(${customers}::uuid[]) order by id`.execute(tx);
  return rows.map(({ id, created }) => ({ type: created ? 'customer.created' : 'customer.updated', customer: id, data: {} }));
}

/** Whether the change that this one undoes was, in the end, a merge: then undoing it separated two customers. */
async function separated(tx: Transaction, change: unknown): Promise<boolean> {
  const { rows } = await sql<{ kind: string; step: number }>`
    with recursive chain as (
      select id, kind, undoes, 0 as step from identity_change where id::text = ${String(change)}
      union all
      select c.id, c.kind, c.undoes, chain.step + 1 from identity_change c join chain on c.id = chain.undoes where chain.step < 100
    )
    select kind, step from chain where undoes is null`.execute(tx);
  const first = rows[0];
  return first !== undefined && (first.kind === 'merged') === (first.step % 2 === 1);
}

const CUSTOMERS: WebhookEvent = {
  types: ['customer.created', 'customer.updated', 'customer.merged', 'customer.split'],
  from: [
    'customer.created',
    'customer.changed',
    'customer.edited',
    'customer.edit_undone',
    'customer.merged',
    'customer.split',
    'customer.identity_undone',
    'customers.unified',
  ],
  async tell({ type, subject, data }, tx) {
    switch (type) {
      case 'customer.created':
        return [{ type, customer: subject.id, data: {} }];
      case 'customer.changed':
        if (Array.isArray(data.customers)) return createdOrUpdated(tx, ids(data.customers));
        return [{ type: 'customer.updated', customer: subject.id, data: {} }];
      case 'customer.edited':
      case 'customer.edit_undone':
        return [{ type: 'customer.updated', customer: subject.id, data: { fields: ids(data.fields) } }];
      case 'customer.merged':
        return [{ type, customer: subject.id, data: { kept: data.kept, gone: data.gone } }];
      case 'customer.split':
        return [{ type, customer: subject.id, data: { kept: data.kept, made: data.made } }];
      case 'customer.identity_undone': {
        if (typeof data.other !== 'string') return [{ type: 'customer.updated', customer: subject.id, data: {} }];
        return (await separated(tx, data.change))
          ? [{ type: 'customer.split', customer: subject.id, data: { kept: subject.id, made: data.other } }]
          : [{ type: 'customer.merged', customer: subject.id, data: { kept: subject.id, gone: data.other } }];
      }
      default:
        return { kind: 'unification', type: 'customer.updated', data: { unification: subject.id } };
    }
  },
};

const SEGMENTS: WebhookEvent = {
  types: ['segment.entered', 'segment.left'],
  from: ['segment.entered', 'segment.left'],
  async tell({ type, subject, data }) {
    const segment = { id: subject.id, name: data.name };
    if (data.customers === null) return { kind: 'segment', type, data: { segment, batch: data.batch } };
    return ids(data.customers).map((customer) => ({ type, customer, data: { segment } }));
  },
};

export const OWN_EVENTS: readonly WebhookEvent[] = [CUSTOMERS, SEGMENTS];
/** Sent by the button, never by itself. */
export const TEST_EVENT = 'webhook.test';
