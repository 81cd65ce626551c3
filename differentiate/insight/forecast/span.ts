// Over which days a forecast learns: the company's purchases from the first to now, and where they are cut to test the models.
import { type PurchaseDays, purchaseDays } from '../life-cycle/purchase-days.ts';

export interface Span extends PurchaseDays {
  /** Last day known to the models under test. */
  cut: number;
}

/** Less than three months shows too little of who comes back. */
export const DAYS_NEEDED = 90;
/** A third of what there is tests the models, a year at most: then every season is in it once. */
const LONGEST_TEST = 365;

/** Undefined without purchases. */
export async function forecastSpan(...asked: Parameters<typeof purchaseDays>): Promise<Span | undefined> {
  const days = await purchaseDays(...asked);
  return days && { ...days, cut: days.asOf - Math.min(LONGEST_TEST, Math.round((days.asOf - days.first) / 3)) };
}
