// When a message that failed is sent again. Source: Standard Webhooks 1.0, "Retry schedule based on exponential backoff".
const MINUTE = 60;
const HOUR = 3_600;

/** Seconds from one attempt to the next; after the last the message is dead, three days later. */
export const RETRIES = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR] as const;

/** So that messages that failed together do not all come back together. */
const JITTER = 0.2;

/**
 * Seconds until the attempt after this one, undefined when there is none.
 *
 * @param attempt 1 for the first.
 * @param random from 0 to 1.
 */
export function secondsToNext(attempt: number, random = Math.random()): number | undefined {
  const seconds = RETRIES[attempt - 1];
  return seconds === undefined ? undefined : seconds * (1 + JITTER * (2 * random - 1));
}

/** How long an address that does not answer is left in peace, whatever waits for it: 1, 2, 4 … 60 seconds from the fifth failure in a row. */
export function secondsOfPeace(failures: number): number {
  return failures < 5 ? 0 : Math.min(2 ** (failures - 5), 60);
}

/** An address that has only failed for so long is switched off, and somebody is told. */
export const FAILING_DAYS = 5;
