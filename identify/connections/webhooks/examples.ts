// One message of each type, as documentation and the console show it.
import { TEST_EVENT } from './event-types.ts';

const CUSTOMER = { id: '018f6f7e-6f0a-7c3b-9d3e-2f1a4b5c6d7e' };
const OTHER = '018f6f7e-9999-7c3b-9d3e-2f1a4b5c6d7e';
const SEGMENT = { id: '018f7000-1111-7c3b-9d3e-2f1a4b5c6d7e', name: 'Compran cada mes' };

const DATA: Record<string, Record<string, unknown>> = {
  'customer.updated': { customer: CUSTOMER, fields: ['email'] },
  'customer.merged': { customer: CUSTOMER, kept: CUSTOMER.id, gone: OTHER },
  'customer.split': { customer: CUSTOMER, kept: CUSTOMER.id, made: OTHER },
  'segment.entered': { customer: CUSTOMER, segment: SEGMENT },
  'segment.left': { customer: CUSTOMER, segment: SEGMENT },
  [TEST_EVENT]: { customer: CUSTOMER },
};

/** With ids only, as every message is at least. */
export const exampleOf = (type: string): Record<string, unknown> => ({
  type,
  timestamp: '2026-03-01T09:30:00.000Z',
  data: DATA[type] ?? { customer: CUSTOMER },
});
