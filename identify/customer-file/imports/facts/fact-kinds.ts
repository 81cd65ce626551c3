// What each kind of file is made of: which fields it may have, how each is read, and what tells one row from another.
import { type FactColumn, type Fields, DECIMAL, INSTANT } from './fields.ts';
import { channelSql, directionSql, literal, uuidSql, yesOrNoSql } from './sql-values.ts';

export type FactKindName =
  | 'products'
  | 'purchases'
  | 'contacts'
  | 'campaigns'
  | 'campaign_contacts'
  | 'coupons'
  | 'redemptions'
  | 'consents'
  | 'account_facts';

/** Why a value cannot be taken; sentences in the imports catalogue, `reason.<key>`. */
export type FactReason = 'required' | 'not_a_number' | 'not_a_date' | 'not_yes_or_no';

export interface FactCheck {
  field: string;
  reason: FactReason;
  /** True where the value cannot be taken. */
  wrong: string;
}

export interface FactKind {
  /** Of the warehouse; consents have none, they go to the desk. */
  table?: string;
  /** What tells one row from another. */
  key: string[];
  /** The key column made of the row's own content when the file gives no key; repeated rows are then counted apart. */
  contentKey?: string;
  /** The field that, where it has a value, is the source's own key of the row. */
  namedBy?: string;
  /**
   * Rows that come as wholes: where `when` holds, the rows of one file under the same `by` (expressions over the columns of
   * the table) are all there is of it, and replace what earlier files said of it.
   */
  whole?: { when(read: Fields): string; by(timeZone: string): string[] };
  /** Columns only the staging table has, for what is written beside the facts. */
  beside?(read: Fields): FactColumn[];
  /** Fields without which no row can be taken; of a list, any one. */
  required: (string | string[])[];
  fields: string[];
  columns(read: Fields): FactColumn[];
  checks(read: Fields): FactCheck[];
}

const ownKey = (read: Fields, ...fields: string[]) =>
  uuidSql(`concatWithSeparator('\\n', ${[literal(read.sourceId), ...fields.map((field) => read.text(field))].join(', ')})`);

const column = (name: string, type: string, sql: string): FactColumn => ({ name, type, sql });
const textColumn = (read: Fields, name: string, field = name) => column(name, 'String', read.text(field));
const required = (read: Fields, field: string): FactCheck => ({ field, reason: 'required', wrong: `${read.text(field)} = ''` });

/** Empty is allowed; anything else has to be a number. */
const number = (read: Fields, field: string): FactCheck => ({
  field,
  reason: 'not_a_number',
  wrong: `${read.text(field)} != '' and isNull(${read.decimalOf(field)})`,
});
const date = (read: Fields, field: string): FactCheck => ({
  field,
  reason: 'not_a_date',
  wrong: `${read.text(field)} != '' and isNull(${read.instant(field)})`,
});
export const FACT_KINDS: Record<FactKindName, FactKind> = {
  products: {
    table: 'product',
    key: ['product_key'],
    required: ['product_key'],
    fields: ['product_key', 'product_name', 'category', 'subcategory', 'brand', 'price', 'cost'],
    columns: (read) => [
      textColumn(read, 'product_key'),
      textColumn(read, 'name', 'product_name'),
      textColumn(read, 'category'),
      textColumn(read, 'subcategory'),
      textColumn(read, 'brand'),
      column('price', DECIMAL, read.decimalOf('price')),
      column('cost', DECIMAL, read.decimalOf('cost')),
    ],
    checks: (read) => [required(read, 'product_key'), number(read, 'price'), number(read, 'cost')],
  },

  purchases: {
    table: 'purchase',
    key: ['record_id', 'line_id'],
    contentKey: 'line_id',
    namedBy: 'line_key',
    required: ['customer_key', 'occurred_at', ['amount', 'unit_price']],
    fields: [
      'customer_key',
      'order_key',
      'line_key',
      'occurred_at',
      'product_key',
      'quantity',
      'amount',
      'unit_price',
      'list_amount',
      'discount',
      'coupon_discount',
      'cost',
      'currency',
      'channel',
      'store',
      'returned',
      'product_name',
    ],
    columns: (read) => {
      const paid = read.has('amount') ? read.decimalOf('amount') : `cast(${read.decimalOf('unit_price')} * quantity, '${DECIMAL}')`;
      const day = `formatDateTime(${read.instant('occurred_at')}, '%Y-%m-%d', ${literal(read.timeZone)})`;
      const order = `if(${read.text('order_key')} = '', concat(${read.text('customer_key')}, ' ', ifNull(${day}, '')), ${read.text('order_key')})`;
      const marked = read.has('returned') ? ` or ifNull(${yesOrNoSql(read.text('returned'))}, 0) = 1` : '';
      const returned = `quantity < 0${marked}`;
      const named = read.has('line_key') ? `${read.text('line_key')} != ''` : '0';
      const unnamed =
        read.has('order_key') && read.whole
          ? `if(${read.text('order_key')} = '', ${read.content}, ${lineOfOrder(read, day)})`
          : read.content;
      return [
        column('record_id', 'UUID', read.record),
        column('line_id', 'UUID', `if(${named}, ${ownKey(read, 'order_key', 'line_key')}, ${unnamed})`),
        column('source_id', 'UUID', read.source),
        column('order_key', 'String', order),
        column('occurred_at', INSTANT, read.instant('occurred_at')),
        column('product_key', 'String', productOf(read)),
        column('quantity', 'Decimal(18, 4)', `ifNull(${read.decimalOf('quantity')}, toDecimal64(1, 4))`),
        // Some tills write a return as a negative quantity, or mark it, with the price as it was paid.
        column('amount', DECIMAL, `if((${returned}) and ${paid} > 0, -${paid}, ${paid})`),
        column(
          'list_amount',
          DECIMAL,
          `if((${returned}) and ${read.decimalOf('list_amount')} > 0, -${read.decimalOf('list_amount')}, ${read.decimalOf('list_amount')})`,
        ),
        column('discount', 'Decimal(18, 4)', `ifNull(${read.decimalOf('discount')}, toDecimal64(0, 4))`),
        column('coupon_discount', 'Decimal(18, 4)', `ifNull(${read.decimalOf('coupon_discount')}, toDecimal64(0, 4))`),
        column('cost', DECIMAL, read.decimalOf('cost')),
        column('currency', 'String', `if(${read.text('currency')} = '', ${literal(read.currency)}, upper(${read.text('currency')}))`),
        column('channel', 'String', channelSql(read.text('channel'))),
        textColumn(read, 'store'),
      ];
    },
    // A file of corrected rows holds pieces of orders; every other one holds whole orders.
    whole: {
      when: (read) => (read.has('order_key') && read.whole ? `${read.text('order_key')} != ''` : '0'),
      by: (timeZone) => ['record_id', 'order_key', `toDate(occurred_at, ${literal(timeZone)})`, 'ifNull(amount < 0, 0)'],
    },
    beside: (read) => (read.has('product_name') ? [textColumn(read, 'product_name')] : []),
    checks: (read) => [
      required(read, 'customer_key'),
      required(read, 'occurred_at'),
      required(read, read.has('amount') ? 'amount' : 'unit_price'),
      date(read, 'occurred_at'),
      ...['quantity', 'amount', 'unit_price', 'list_amount', 'discount', 'coupon_discount', 'cost'].map((field) => number(read, field)),
    ],
  },

  contacts: {
    table: 'contact',
    key: ['record_id', 'contact_id'],
    contentKey: 'contact_id',
    namedBy: 'contact_key',
    required: ['customer_key', 'occurred_at'],
    fields: ['customer_key', 'contact_key', 'occurred_at', 'channel', 'direction', 'topic', 'outcome', 'agent', 'text'],
    columns: (read) => [
      column('record_id', 'UUID', read.record),
      column('contact_id', 'UUID', contactId(read)),
      column('source_id', 'UUID', read.source),
      column('occurred_at', INSTANT, read.instant('occurred_at')),
      column('channel', 'String', channelSql(read.text('channel'))),
      column('direction', 'String', directionSql(read.text('direction'))),
      ...['topic', 'outcome', 'agent', 'text'].map((field) => textColumn(read, field)),
    ],
    checks: (read) => [required(read, 'customer_key'), required(read, 'occurred_at'), date(read, 'occurred_at')],
  },

  campaigns: {
    table: 'campaign',
    key: ['campaign_key'],
    required: ['campaign_key'],
    fields: ['campaign_key', 'campaign_name', 'campaign_kind', 'starts_on', 'ends_on'],
    columns: (read) => [
      textColumn(read, 'campaign_key'),
      textColumn(read, 'name', 'campaign_name'),
      textColumn(read, 'kind', 'campaign_kind'),
      column('starts_on', 'Nullable(Date)', read.date('starts_on')),
      column('ends_on', 'Nullable(Date)', read.date('ends_on')),
    ],
    checks: (read) => [required(read, 'campaign_key'), date(read, 'starts_on'), date(read, 'ends_on')],
  },

  campaign_contacts: {
    table: 'campaign_contact',
    key: ['record_id', 'contact_id'],
    contentKey: 'contact_id',
    required: ['customer_key', 'campaign_key', 'occurred_at'],
    fields: ['customer_key', 'campaign_key', 'occurred_at', 'channel', 'response', 'responded_at'],
    columns: (read) => [
      column('record_id', 'UUID', read.record),
      column('contact_id', 'UUID', contactId(read)),
      column('source_id', 'UUID', read.source),
      textColumn(read, 'campaign_key'),
      column('occurred_at', INSTANT, read.instant('occurred_at')),
      column('channel', 'String', channelSql(read.text('channel'))),
      column('response', 'String', `lowerUTF8(${read.text('response')})`),
      column('responded_at', INSTANT, read.instant('responded_at')),
    ],
    checks: (read) => [
      required(read, 'customer_key'),
      required(read, 'campaign_key'),
      required(read, 'occurred_at'),
      date(read, 'occurred_at'),
      date(read, 'responded_at'),
    ],
  },

  coupons: {
    table: 'coupon',
    key: ['coupon_key', 'campaign_key', 'product_key'],
    required: ['coupon_key'],
    fields: ['coupon_key', 'campaign_key', 'product_key'],
    columns: (read) => ['coupon_key', 'campaign_key', 'product_key'].map((field) => textColumn(read, field)),
    checks: (read) => [required(read, 'coupon_key')],
  },

  redemptions: {
    table: 'redemption',
    key: ['record_id', 'redemption_id'],
    contentKey: 'redemption_id',
    required: ['customer_key', 'coupon_key', 'redeemed_at'],
    fields: ['customer_key', 'coupon_key', 'campaign_key', 'order_key', 'redeemed_at'],
    columns: (read) => [
      column('record_id', 'UUID', read.record),
      column('redemption_id', 'UUID', read.content),
      column('source_id', 'UUID', read.source),
      textColumn(read, 'coupon_key'),
      textColumn(read, 'campaign_key'),
      textColumn(read, 'order_key'),
      column('redeemed_at', INSTANT, read.instant('redeemed_at')),
    ],
    checks: (read) => [
      required(read, 'customer_key'),
      required(read, 'coupon_key'),
      required(read, 'redeemed_at'),
      date(read, 'redeemed_at'),
    ],
  },

  consents: {
    key: ['record_id', 'purpose', 'channel', 'occurred_at'],
    required: ['customer_key', 'purpose', 'granted', 'occurred_at'],
    fields: ['customer_key', 'purpose', 'channel', 'granted', 'legal_basis', 'proof', 'occurred_at'],
    columns: (read) => [
      column('record_id', 'UUID', read.record),
      column('purpose', 'String', `lowerUTF8(${read.text('purpose')})`),
      column('channel', 'String', `if(${read.text('channel')} = '', 'any', ${channelSql(read.text('channel'))})`),
      column('granted', 'Nullable(UInt8)', yesOrNoSql(read.text('granted'))),
      column('legal_basis', 'String', `if(${read.text('legal_basis')} = '', 'consent', lowerUTF8(${read.text('legal_basis')}))`),
      textColumn(read, 'proof'),
      column('occurred_at', INSTANT, read.instant('occurred_at')),
    ],
    checks: (read) => [
      ...['customer_key', 'purpose', 'granted', 'occurred_at'].map((field) => required(read, field)),
      { field: 'granted', reason: 'not_yes_or_no', wrong: `${read.text('granted')} != '' and isNull(${yesOrNoSql(read.text('granted'))})` },
      date(read, 'occurred_at'),
    ],
  },

  // Balances, fees, events of contracts: one measure a row. The same measure of the same contract and date is the same fact.
  account_facts: {
    table: 'account_fact',
    key: ['record_id', 'fact_id'],
    required: ['customer_key', 'occurred_at', 'measure', 'value'],
    fields: ['customer_key', 'account_key', 'product_key', 'occurred_at', 'measure', 'value'],
    columns: (read) => [
      column('record_id', 'UUID', read.record),
      column('fact_id', 'UUID', factId(read)),
      column('source_id', 'UUID', read.source),
      textColumn(read, 'account_key'),
      column('product_key', 'String', `lowerUTF8(${read.text('product_key')})`),
      column('occurred_at', INSTANT, read.instant('occurred_at')),
      column('measure', 'String', `lowerUTF8(${read.text('measure')})`),
      column('value', DECIMAL, read.decimalOf('value')),
    ],
    checks: (read) => [
      ...['customer_key', 'occurred_at', 'measure', 'value'].map((field) => required(read, field)),
      date(read, 'occurred_at'),
      number(read, 'value'),
    ],
  },
};

/** A shop without codes calls its products by their name. */
function productOf(read: Fields): string {
  if (!read.has('product_name')) return read.text('product_key');
  return `if(${read.text('product_key')} = '', ${read.text('product_name')}, ${read.text('product_key')})`;
}

/**
 * A line without a key of its own is the nth of its product in its order (the n is counted later), bought or returned: so a
 * corrected line is the same line, and a return under the number of the purchase is another. Tills begin their numbers anew,
 * so the order is also its customer and its day.
 */
function lineOfOrder(read: Fields, day: string): string {
  const parts = [
    literal(read.sourceId),
    read.text('customer_key'),
    read.text('order_key'),
    `ifNull(${day}, '')`,
    'product_key',
    `if(ifNull(amount < 0, 0), 'returned', 'bought')`,
  ];
  return uuidSql(`concatWithSeparator('\n', ${parts.join(', ')})`);
}

function contactId(read: Fields): string {
  const named = read.has('contact_key') ? `${read.text('contact_key')} != ''` : '0';
  return `if(${named}, ${ownKey(read, 'contact_key')}, ${read.content})`;
}

/** Of the moment itself, not of its writing: a day written in another order is the same day. */
function factId(read: Fields): string {
  const at = `ifNull(toString(${read.instant('occurred_at')}), '')`;
  const parts = [literal(read.sourceId), read.text('customer_key'), read.text('account_key'), at, `lowerUTF8(${read.text('measure')})`];
  return uuidSql(`concatWithSeparator('\\n', ${parts.join(', ')})`);
}
