import { buildCustomer, type CustomerRecord, customerLine, type Kind } from './customer-record.ts';
import type { FieldChoices } from './field-choices.ts';
import type { KeyedRecord } from './search-lexemes.ts';
import type { Survivorship } from './survivorship.ts';
import type { Traits } from './traits.ts';

/** A source record as the stores give it; the traits as JSON text, read only when its customer is complete. */
export interface RawRecord {
  record: string;
  source: string;
  key: string;
  /** Milliseconds since 1970. */
  changedAt: number;
  traits: string;
}

export interface BuilderOptions {
  rules: Survivorship;
  /** Trust in each source, 0 to 100. */
  trust: ReadonlyMap<string, number>;
  /** What people entered or chose, by record. */
  choices?: ReadonlyMap<string, FieldChoices>;
  /** ISO 8601: first_seen and changed_at of what is built. */
  at: string;
  /** Customers to build: code → number of records. */
  expected: ReadonlyMap<number, number>;
  describe(customer: number): { id: string; kind: Kind; weakest: number | null };
}

/**
 * Builds customers out of records that come in any order: a record waits until the last of its customer is there. Records come
 * spread evenly, so at most about a quarter of those with company wait at once.
 */
export function customerBuilder({ rules, trust, choices, at, expected, describe }: BuilderOptions) {
  const waiting = new Map<number, RawRecord[]>();
  /** Distinct name words of all customers built, with the number of customers. */
  const words = new Map<string, number>();
  let built = 0;
  let lines = '';

  function complete(customer: number, raw: readonly RawRecord[]): void {
    const { id, kind, weakest } = describe(customer);
    const records: KeyedRecord[] = [];
    for (const { record, source, key, changedAt, traits } of raw) {
      const known = { record, source, key, changedAt, trust: trust.get(source) ?? 50, traits: JSON.parse(traits) as Traits };
      const chosen = choices?.get(record);
      records.push(chosen ? { ...known, chosen } : known);
    }
    const record: CustomerRecord = buildCustomer(id, kind, records, weakest, rules, at);
    for (const word of record.nameWords) words.set(word, (words.get(word) ?? 0) + 1);
    lines += customerLine(record, at);
    built++;
  }

  return {
    words,
    get built() {
      return built;
    },
    get missing() {
      return expected.size - built;
    },
    /** A record of a customer that is to be built; of any other it is passed over. */
    offer(customer: number, record: RawRecord): void {
      const records = expected.get(customer);
      if (records === undefined) return;
      if (records === 1) return complete(customer, [record]);
      const list = waiting.get(customer);
      if (!list) return void waiting.set(customer, [record]);
      list.push(record);
      if (list.length < records) return;
      waiting.delete(customer);
      complete(customer, list);
    },
    /** COPY lines of the customers completed since the last call. */
    take(): Uint8Array<ArrayBuffer> {
      const bytes = new TextEncoder().encode(lines) as Uint8Array<ArrayBuffer>;
      lines = '';
      return bytes;
    },
  };
}
