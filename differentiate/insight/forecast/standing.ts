// Whether somebody still is a customer, in three words: in the overview, and in the list of customers.

/** From here on somebody likely is still a customer; below the other, unlikely. */
const LIKELY = 0.7;
const UNLIKELY = 0.3;

export type Standing = 'likely' | 'doubtful' | 'unlikely';

/**
 * BG/NBD takes whoever bought once for alive, however long ago: it means that it does not know, so they count as doubtful.
 *
 * @param alive probability, 0..1. @param purchases days somebody bought on.
 */
export function standingOf(model: string, alive: number, purchases: number): Standing {
  if (model === 'bg_nbd' && purchases === 1) return 'doubtful';
  return alive >= LIKELY ? 'likely' : alive >= UNLIKELY ? 'doubtful' : 'unlikely';
}

/** The same over a row of customer_forecast. To BG/NBD nobody else is alive for certain but who bought once. */
export const standingSql = (f: string) =>
  `multiIf(isNull(${f}.alive), null, ${f}.model = 'bg_nbd' and ${f}.alive = 1, 'doubtful', ${f}.alive >= ${LIKELY}, 'likely', ${f}.alive >= ${UNLIKELY}, 'doubtful', 'unlikely')`;
