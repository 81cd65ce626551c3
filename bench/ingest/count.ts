import { loadConfig } from '@vinculo/config';
import { openStores } from '@vinculo/server';

export interface Counted {
  /** Events in the warehouse, and how many different ones. */
  facts: number;
  different: number;
  /** Requests still in the inbox, and events that were rejected. */
  waiting: number;
  rejected: number;
  /** Reasons of the rejected. */
  reasons: string[];
}

/** What the stores of a server that has stopped hold in the end. */
export async function countEvents(dataFolder: string): Promise<Counted> {
  const stores = await openStores(loadConfig({ VINCULO_DATA_FOLDER: dataFolder, VINCULO_LOG_LEVEL: 'warn' }));
  try {
    const [facts] = await stores.warehouse.rows<{ facts: string; different: string }>(
      'select count() as facts, uniqExact(event_id) as different from event final',
    );
    const { rows } = await stores.store.pool.query<{ waiting: number; rejected: number; reasons: string[] | null }>(`
      select (select count(*)::int from inbox) as waiting, count(*)::int as rejected, array_agg(distinct reason) as reasons from event_error`);
    const { waiting, rejected, reasons } = rows[0]!;
    return { facts: Number(facts!.facts), different: Number(facts!.different), waiting, rejected, reasons: reasons ?? [] };
  } finally {
    await stores.close();
  }
}
