import type { Context } from '@vinculo/http';
import { fail } from '@vinculo/errors';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { CostsChange } from '../api/costs.ts';
import type { CostTable } from './cost-table.ts';
import { currentCosts } from './current-costs.ts';

type Stores = Pick<Context, 'store'>;

/**
 * Puts another cost table in force. The scores follow by themselves: the event asks for them.
 *
 * @returns the new version, or the one in force where nothing changes.
 * @throws VIN_COST_CHANGED if somebody else changed the table since `basedOn`.
 */
export function changeCosts({ store }: Stores, actor: Actor, { basedOn, table, note }: z.infer<typeof CostsChange>): Promise<number> {
  return keep({ store }, actor, { note, table: () => table, basedOn });
}

/**
 * Brings an earlier version back, as a new one; 0 takes everything back.
 *
 * @throws VIN_COST_VERSION if there is no such version.
 */
export function restoreCosts({ store }: Stores, actor: Actor, version: number): Promise<number> {
  return keep({ store }, actor, {
    note: '',
    restores: version,
    async table(db) {
      if (version === 0) return { terms: [], margins: { company: null, categories: [] } };
      const { rows } = await sql<{ content: CostTable }>`select content from cost_version where version = ${version}`.execute(db);
      if (!rows[0]) throw fail('VIN_COST_VERSION', { version });
      return rows[0].content;
    },
  });
}

interface Kept {
  note: string;
  table(db: Stores['store']['db']): CostTable | Promise<CostTable>;
  basedOn?: number;
  restores?: number;
}

async function keep({ store }: Stores, actor: Actor, { note, table, basedOn, restores }: Kept): Promise<number> {
  return store.transaction(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('insight.costs'))`.execute(tx);
    const now = await currentCosts(tx);
    if (basedOn !== undefined && basedOn !== now.version) throw fail('VIN_COST_CHANGED');
    const after = inOrder(await table(tx));
    if (JSON.stringify(after) === JSON.stringify(inOrder(now.table))) return now.version;
    const version = now.version + 1;
    const by = { kind: actor.kind, id: actor.id, name: actor.name };
    await sql`
      insert into cost_version (version, content, note, restores, changed_by)
      values (${version}, ${JSON.stringify(after)}, ${note}, ${restores || null}, ${JSON.stringify(by)})`.execute(tx);
    await tx.emit('cost.changed', { kind: 'cost', id: 'company' }, { version, ...(restores === undefined ? {} : { restores }) });
    return version;
  });
}

/** The same table always written the same way, so that nothing but a change is one. */
function inOrder({ terms, margins }: CostTable): CostTable {
  return {
    terms: terms
      .map(({ kind, via, rates }) => ({
        kind,
        via,
        rates: rates.map(({ from, amount }) => ({ from, amount })).toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? '')),
      }))
      .toSorted((a, b) => a.kind.localeCompare(b.kind) || (a.via ?? '').localeCompare(b.via ?? '')),
    margins: {
      company: margins.company,
      categories: margins.categories
        .map(({ category, margin }) => ({ category, margin }))
        .toSorted((a, b) => a.category.localeCompare(b.category)),
    },
  };
}
