// Where one stage ends and the next begins, as the company has it: kept with who changed it, and taken back.
import { type StageRules, STAGE_RULES, thresholdsOf } from '@vinculo/value';
import { conflict, fail } from '@vinculo/errors';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { type Period, PERIOD } from './period.ts';

export interface LifeCycleRules extends StageRules {
  period: Period;
}

export const DEFAULT_RULES: LifeCycleRules = { ...STAGE_RULES, period: PERIOD };

export interface RulesChange {
  id: string;
  rules: LifeCycleRules;
  undoes: string | null;
  changedAt: string;
  changedBy: string;
}

interface Row {
  id: string;
  rules: LifeCycleRules;
  undoes: string | null;
  changed_at: Date;
  changed_by: { name: string };
}

/** The rules in force. */
export async function lifeCycleRules({ db }: Pick<Store, 'db'>): Promise<LifeCycleRules> {
  const { rows } = await sql<Row>`select rules from life_cycle_rules order by changed_at desc limit 1`.execute(db);
  return { ...DEFAULT_RULES, ...rows[0]?.rules };
}

/** Newest first. */
export async function rulesChanges({ db }: Pick<Store, 'db'>): Promise<RulesChange[]> {
  const { rows } = await sql<Row>`select * from life_cycle_rules order by changed_at desc limit 20`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    rules: { ...DEFAULT_RULES, ...row.rules },
    undoes: row.undoes,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by.name,
  }));
}

/** @throws VIN_LIFECYCLE_STAGE_ORDER if the three silences are not in order. */
export function checkRules(rules: LifeCycleRules): LifeCycleRules {
  try {
    thresholdsOf(rules);
  } catch {
    throw fail('VIN_LIFECYCLE_STAGE_ORDER');
  }
  return rules;
}

/**
 * Saves other rules.
 *
 * @param basedOn - the change they were drawn from, `standard` for rules nobody has changed.
 * @throws VIN_LIFECYCLE_STAGE_ORDER
 * @throws VIN_SETTING_CONFLICT if somebody has changed them since.
 */
export async function changeRules(store: Store, actor: Actor, rules: LifeCycleRules, basedOn: string): Promise<string> {
  checkRules(rules);
  return store.transaction(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('life_cycle_rules'))`.execute(tx);
    const { rows } = await sql<Row>`select id from life_cycle_rules order by changed_at desc limit 1`.execute(tx);
    if (basedOn !== (rows[0]?.id ?? 'standard')) {
      throw conflict('setting', {
        es: 'Alguien ha cambiado las reglas mientras tanto. No se ha guardado nada: apunta lo tuyo, recarga y mira las que valen ahora.',
        en: 'Somebody has changed the rules meanwhile. Nothing was saved: note what is yours, reload and look at those that hold now.',
      });
    }
    return write(tx, rules, null);
  });
}

/** Puts back what held before a change, while nobody has changed it since. @throws VIN_LIFE_CYCLE_RULES_NOT_FOUND, _CONFLICT */
export async function undoRules(store: Store, actor: Actor, id: string): Promise<string> {
  return store.transaction(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('life_cycle_rules'))`.execute(tx);
    const { rows } = await sql<Row>`select * from life_cycle_rules order by changed_at desc limit 2`.execute(tx);
    if (rows[0]?.id !== id) {
      throw conflict('setting', {
        es: 'Alguien ha cambiado las reglas después. No se ha deshecho nada: mira las que valen ahora.',
        en: 'Somebody has changed the rules since. Nothing was undone: look at those that hold now.',
      });
    }
    return write(tx, { ...DEFAULT_RULES, ...rows[1]?.rules }, id);
  });
}

async function write(tx: Transaction, rules: LifeCycleRules, undoes: string | null): Promise<string> {
  const id = newId();
  const by = { kind: tx.actor.kind, id: tx.actor.id, name: tx.actor.name };
  await sql`
    insert into life_cycle_rules (id, rules, undoes, changed_by)
    values (${id}, ${JSON.stringify(rules)}::jsonb, ${undoes}, ${JSON.stringify(by)}::jsonb)`.execute(tx);
  await tx.emit(undoes ? 'life_cycle.rules_undone' : 'life_cycle.rules_changed', { kind: 'life_cycle', id }, { rules, undoes });
  return id;
}
