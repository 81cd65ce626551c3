import { companySettings, modelSchema, parseSettings, personSettings, type Model, type Settings } from '@vinculo/matching';
import { type Kysely, sql } from 'kysely';
import type { Kind } from '../customer-record.ts';

export interface SettingsInForce {
  /** 0 stands for the library's own. */
  version: number;
  settings: Settings;
  note: string;
  by: string;
  at: Date | null;
}

/** How records of each kind are linked today. */
export async function settingsInForce(db: Kysely<unknown>): Promise<Record<Kind, SettingsInForce>> {
  const { rows } = await sql<{ kind: Kind; version: number; settings: unknown; note: string; created_by: string; created_at: Date }>`
    select distinct on (kind) kind, version, settings, note, created_by, created_at from linkage_settings order by kind, version desc`.execute(
    db,
  );
  const own = (settings: Settings): SettingsInForce => ({ version: 0, settings, note: '', by: '', at: null });
  const force = { person: own(personSettings()), company: own(companySettings()) };
  for (const { kind, version, settings, note, created_by, created_at } of rows) {
    force[kind] = { version, settings: parseSettings(settings as Settings), note, by: created_by, at: created_at };
  }
  return force;
}

/** The same, as the linkage thread takes it. */
export async function linkageSettings(db: Kysely<unknown>): Promise<Record<Kind, Settings>> {
  const { person, company } = await settingsInForce(db);
  return { person: person.settings, company: company.settings };
}

/**
 * The model with other settings, where what it learned still holds: threshold, rules and constraints say what to do with a weight,
 * fields and blocking what the weight is. Undefined where it has to be learned anew.
 */
export function refitted(model: unknown, settings: Settings): Model | undefined {
  const known = modelSchema.parse(model);
  const learned = ({ fields, blocking, maxBlockPairs }: Settings) => JSON.stringify([fields, blocking, maxBlockPairs]);
  // Parsed, so that the order of keys, which the desk does not keep, makes no difference.
  const wanted = parseSettings(settings);
  return learned(known.settings) === learned(wanted) ? { ...known, settings: wanted } : undefined;
}
