// How the events of each source are treated, as it was a moment ago.
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';

export interface SourceSettings {
  /** `given`: a person is tied only after a yes; `not_refused`: unless they said no. */
  consent: 'given' | 'not_refused';
  /** Of context.consent.categoryPreferences; the purpose of the customer's consents. */
  category: string;
  /** A device that more people used is nobody's. */
  devicePeople: number;
}

export const DEFAULTS: SourceSettings = { consent: 'not_refused', category: 'analytics', devicePeople: 3 };

/** For so long settings that somebody changes may not be heard. */
const HEARD_AFTER_MS = 2_000;

/** The settings of every source that has some; read again every few seconds. */
export function sourceSettings(store: Store): { read(): Promise<(source: string) => SourceSettings> } {
  let known = new Map<string, SourceSettings>();
  let since = -Infinity;
  return {
    async read() {
      if (performance.now() - since > HEARD_AFTER_MS) {
        const { rows } = await sql<SourceSettings & { source: string }>`
          select source_id as source, consent, consent_category as category, device_people as "devicePeople" from event_source`.execute(
          store.db,
        );
        known = new Map(rows.map(({ source, ...settings }) => [source, settings]));
        since = performance.now();
      }
      return (source) => known.get(source) ?? DEFAULTS;
    },
  };
}
