// Every contact, mailing and redeemed coupon with whose it is: joined once, for all the steps that follow.
import { replaceTable } from './replace-table.ts';
import type { ScoreStep } from './score-step.ts';

/** The table of each kind of fact, and what it keeps of them beside the customer. */
const TABLES = [
  { table: 'customer_contact', facts: 'contact', kept: 'occurred_at, source, channel, direction, topic, outcome' },
  {
    table: 'customer_mailing',
    facts: 'campaign_contact',
    kept: 'occurred_at, source, channel, campaign_key, response, responded_at',
  },
  { table: 'customer_redemption', facts: 'redemption', kept: 'redeemed_at, order_key' },
] as const;

/** Of the records, those are read of which there is a fact: where there are no facts, none. */
const rows = ({ facts, kept }: (typeof TABLES)[number]) => `
  with toString(toLowCardinality(source_id)) as source
  select customer_id, ${kept}
    from ${facts} k final
    join (select record_id, customer_id from identity final where record_id in (select record_id from ${facts})) i on i.record_id = k.record_id`;

export const contactsStep: ScoreStep = {
  name: 'contacts',
  after: [],
  async run({ warehouse }, { signal }) {
    for (const each of TABLES)
      await replaceTable(warehouse, each.table, (next) =>
        warehouse.command(`insert into ${next} (customer_id, ${each.kept}) ${rows(each)}`, {}, { signal }),
      );
  },
};
