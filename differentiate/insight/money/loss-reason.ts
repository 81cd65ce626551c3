// Why a customer is below zero, as SQL over customer_profit: nothing is sold, or at a loss, or the term that costs most.

/** `no_sales`, `no_margin`, or a term: `contact_in.phone`. */
export const LOSS_REASON = `
  multiIf(revenue = 0 and ifNull(margin, 0) = 0 and income = 0, 'no_sales',
          ifNull(margin, 0) + income <= 0, 'no_margin',
          mapKeys(costs)[indexOf(mapValues(costs), arrayMax(mapValues(costs)))])`;
