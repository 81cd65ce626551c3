// When customers got in touch, and when it was to complain.
import { readFileSync } from 'node:fs';
import { compareIds } from './history-table.ts';

/** What counts as a complaint, in the topic or the outcome of a contact: the words the trade and the law use in both languages. */
export const COMPLAINT_WORDS = ['queja', 'reclam', 'incidencia', 'hoja de reclam', 'complain', 'claim', 'grievance'];

/** In the order of customers, as {@link ORDERS_QUERY}: a customer, a day, whether they complained. */
export const CONTACTS_QUERY = `
  select customer_id, toUInt16(toDate(occurred_at, {timeZone:String})),
         toUInt8(multiSearchAnyCaseInsensitiveUTF8(concat(topic, ' ', outcome), {complaints:Array(String)}))
    from customer_contact
   where direction = 'in' and occurred_at < {until:DateTime('UTC')}
   order by customer_id`;

const ROW = 19;

/** Contacts of everybody, read along with the customers in the same order. */
export function contactDays() {
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  return {
    /** @param path the answer to {@link CONTACTS_QUERY}, in RowBinary. */
    read(path: string): void {
      bytes = readFileSync(path);
    },
    rewind(): void {
      at = 0;
    },
    /** How often a customer got in touch, and complained, in the `span` days up to `day`. Ask customers in order. */
    of(ids: Uint8Array, id: number, day: number, span: number, into: { contacts: number; complaints: number }): void {
      into.contacts = 0;
      into.complaints = 0;
      while (at < bytes.length && compareIds(bytes, at, ids, id) < 0) at += ROW;
      for (let row = at; row < bytes.length && compareIds(bytes, row, ids, id) === 0; row += ROW) {
        const on = bytes.readUInt16LE(row + 16);
        if (on > day || on <= day - span) continue;
        into.contacts++;
        into.complaints += bytes[row + 18]!;
      }
    },
  };
}
