// How much arrives. Several people may watch at once: they are told the same for a second.
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { EventFigures } from '../api/watch.ts';
import { sourceLabels } from './names.ts';

type Stores = Pick<Context, 'store' | 'warehouse'>;
type Figures = z.infer<typeof EventFigures>;

const FRESH_MS = 1_000;
const kept = new WeakMap<Stores['store'], { at: number; figures: Promise<Figures> }>();

/** What arrived in the last minute and hour, what waits and what was rejected: of all sources and of each. */
export function eventFigures(stores: Stores): Promise<Figures> {
  const known = kept.get(stores.store);
  if (known && Date.now() - known.at < FRESH_MS) return known.figures;
  const figures = readFigures(stores);
  kept.set(stores.store, { at: Date.now(), figures });
  // A failure is not kept.
  figures.catch(() => kept.delete(stores.store));
  return figures;
}

async function readFigures({ store, warehouse }: Stores): Promise<Figures> {
  const [minutes, last, { rows: waiting }, { rows: errors }, labels] = await Promise.all([
    // Rows may stand there twice until they are merged. A few are counted one by one, a great many to within a hundredth.
    warehouse.rows<{ source: string; ago: number; events: number; minute: number }>(
      `select toString(source_id) as source, least(59, intDiv(toUnixTimestamp(now()) - toUnixTimestamp(received_at), 60)) as ago,
              toUInt32(uniqCombined(14)(event_id)) as events, toUInt32(uniqCombinedIf(14)(event_id, received_at > now64(3) - interval 1 minute)) as minute
         from event_recent where received_at > now() - interval 1 hour group by source, ago`,
    ),
    warehouse.rows<{ source: string; at: number }>(
      `select toString(source_id) as source, toUnixTimestamp64Milli(max(received_at)) as at from event_recent
        where received_at > now() - interval 1 day group by source`,
    ),
    sql<{ source: string; events: number; oldest: number }>`
      select source_id as source, sum(events)::int as events,
             greatest(0, extract(epoch from clock_timestamp() - min(received_at)))::float8 as oldest
        from inbox group by source_id`.execute(store.db),
    sql<{ source: string; hour: number; open: number }>`
      select source_id as source, count(*) filter (where received_at > now() - interval '1 hour')::int as hour, count(*)::int as open
        from event_error where state = 'open' group by source_id`.execute(store.db),
    sourceLabels(store),
  ]);
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  const ids = new Set([...minutes, ...last, ...waiting, ...errors].map(({ source }) => source));
  const sources = [...ids].map((sourceId) => {
    const of = minutes.filter(({ source }) => source === sourceId);
    const at = last.find(({ source }) => source === sourceId)?.at;
    return {
      sourceId,
      label: labels.get(sourceId) ?? '',
      minute: sum(of.map(({ minute }) => minute)),
      hour: sum(of.map(({ events }) => events)),
      rejected: errors.find(({ source }) => source === sourceId)?.hour ?? 0,
      waiting: waiting.find(({ source }) => source === sourceId)?.events ?? 0,
      lastAt: at === undefined ? null : new Date(at).toISOString(),
    };
  });
  return {
    minute: sum(sources.map(({ minute }) => minute)),
    hour: sum(sources.map(({ hour }) => hour)),
    rejected: sum(sources.map(({ rejected }) => rejected)),
    waiting: sum(sources.map((one) => one.waiting)),
    lastAt:
      sources
        .map(({ lastAt }) => lastAt)
        .toSorted()
        .at(-1) ?? null,
    oldestSeconds: Math.max(0, ...waiting.map(({ oldest }) => oldest)),
    open: sum(errors.map(({ open }) => open)),
    minutes: Array.from({ length: 60 }, (_, n) => sum(minutes.filter(({ ago }) => ago === 59 - n).map(({ events }) => events))),
    sources: sources.toSorted((a, b) => b.hour - a.hour || a.label.localeCompare(b.label)),
  };
}
