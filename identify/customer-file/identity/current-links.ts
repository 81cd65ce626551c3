import { type UuidCodes, uuidCodes } from './uuid-codes.ts';

export const REASONS = ['alone', 'rule', 'model', 'person'] as const;
export type Reason = (typeof REASONS)[number];
export const PERSON = REASONS.indexOf('person');
export const ALONE = REASONS.indexOf('alone');

/** Whose each record is now, by row of the record table. */
export interface CurrentLinks {
  /** Every customer that has a record, and those still to be made. */
  customers: UuidCodes;
  /** Code of the customer, -1 without a link. */
  customerOf: Int32Array;
  /** Index in {@link REASONS}. */
  reasonOf: Uint8Array;
  /** valid_from of the link, microseconds since 1970. */
  sinceOf: Float64Array;
}

/** Bytes of one link as {@link LINK_QUERY} packs it. */
const PACKED = 16 + 16 + 8 + 1;

/** The current links packed into a few large values, so that a million cost no object each: record, customer, microseconds, reason. */
export const LINK_QUERY = `
  select string_agg(
           uuid_send(record_id) || uuid_send(customer_id) || int8send((extract(epoch from valid_from) * 1000000)::bigint)
             || set_byte('\\x00'::bytea, 0, array_position(array['alone', 'rule', 'model', 'person'], reason) - 1),
           ''::bytea) as packed
    from (select *, row_number() over () / 20000 as part from link where valid_to is null) l
   group by part`;

/** Takes packed links in; those of records the warehouse does not have are passed over. */
export function currentLinks(records: UuidCodes) {
  const rows = records.size;
  const links: CurrentLinks = {
    customers: uuidCodes(rows),
    customerOf: new Int32Array(rows).fill(-1),
    reasonOf: new Uint8Array(rows),
    sinceOf: new Float64Array(rows),
  };
  return {
    links,
    push(packed: Uint8Array): void {
      const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
      for (let at = 0; at < bytes.length; at += PACKED) {
        const row = records.find(bytes, at);
        if (row < 0) continue;
        links.customerOf[row] = links.customers.add(bytes, at + 16);
        links.sinceOf[row] = Number(bytes.readBigInt64BE(at + 32));
        links.reasonOf[row] = bytes[at + 40]!;
      }
    },
  };
}
