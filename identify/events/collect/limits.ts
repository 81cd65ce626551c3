/**
 * What one request may hold, in bytes of JSON as sent (after gunzip) and in events.
 *
 * Source: Segment HTTP API, "Max request size" and "Batch".
 */
export const REQUEST_LIMITS = { call: 32 * 1024, batch: 500 * 1024, events: 2_500, messageId: 100, depth: 100 } as const;

/** What may wait before the door closes for a while. */
export interface DoorLimits {
  /** Bodies in this process that are not committed yet. */
  held: { bytes: number; requests: number };
  /** Acknowledged and not yet loaded: in the table, of all processes. */
  waiting: { bytes: number; events: number; requests: number };
}

/** Held: what a small server can spare. Waiting: hours of a busy shop, should the warehouse be away; then the disk is what runs out. */
export const DOOR_LIMITS: DoorLimits = {
  held: { bytes: 64 * 2 ** 20, requests: 5_000 },
  waiting: { bytes: 4 * 2 ** 30, events: 5_000_000, requests: 1_000_000 },
};
