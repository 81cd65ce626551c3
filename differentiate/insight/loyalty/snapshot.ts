// The types of the whole base as the lists hold them: counted after each scoring, kept for comparison with an earlier day.
import type { z } from 'zod';
import { LOYALTY_TYPES } from '@vinculo/value';
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { LoyaltySnapshot } from '../api/loyalty.ts';
import type { Stores } from '../scores/score-step.ts';

type Snapshot = z.infer<typeof LoyaltySnapshot>;
type Verdict = Snapshot['types'][number]['type'];

const KEPT_DAYS = 400;

/**
 * Counted on the desk, whose lists the counts lead to; only the channel and how sure it is are the warehouse's, which alone knows
 * them, of the same customers: not of those who were merged into another since they were scored.
 */
export async function takeSnapshot({ store, warehouse }: Stores): Promise<Snapshot | undefined> {
  const { rows: scoring } = await sql<{ at: Date }>`select computed_at as at from loyalty_scoring`.execute(store.db);
  if (!scoring[0]) return undefined;
  const { rows } = await sql<{
    level: number;
    type: Verdict;
    decile: number | null;
    tier: string | null;
    province: string | null;
    customers: number;
    revenue: number;
  }>`
    select grouping(s.decile, s.tier, coalesce(c.province, '')) as level, s.loyalty_type as type, s.decile, s.tier, coalesce(c.province, '') as province,
           count(*)::integer as customers, sum(s.revenue)::float8 as revenue
      from customer_score s join customer c on c.id = s.customer_id
     where c.merged_into is null and s.loyalty_type is not null
     group by grouping sets ((s.loyalty_type), (s.loyalty_type, s.decile), (s.loyalty_type, s.tier), (s.loyalty_type, coalesce(c.province, '')))`.execute(
    store.db,
  );
  const { rows: gone } = await sql<{ id: string }>`
    select c.id from customer c join customer_score s on s.customer_id = c.id where c.merged_into is not null`.execute(store.db);
  const merged = { merged: gone.map(({ id }) => id) };
  const [sure, byChannel] = await Promise.all([
    warehouse.rows<{ type: Verdict; probability: number }>(
      'select type, avg(probability) as probability from customer_loyalty where customer_id not in {merged:Array(UUID)} group by type',
      merged,
    ),
    warehouse.rows<Snapshot['byChannel'][number]>(
      `select l.type as type, f.main_channel as channel, toUInt32(count()) as customers, toFloat64(sum(v.revenue)) as revenue
         from customer_loyalty l
         join customer_loyalty_fact f on f.customer_id = l.customer_id
         join customer_value v on v.customer_id = l.customer_id
        where l.customer_id not in {merged:Array(UUID)}
        group by type, channel order by customers desc`,
      merged,
    ),
  ]);
  // A bit of `level` is set where that column was not grouped by.
  const [ALL, DECILE, TIER, PROVINCE] = [0b111, 0b011, 0b101, 0b110];
  const of = (level: number) => rows.filter((row) => row.level === level);
  const whole = of(ALL);
  const snapshot: Snapshot = {
    computedAt: scoring[0].at.toISOString(),
    customers: whole.reduce((total, { customers }) => total + customers, 0),
    types: [...LOYALTY_TYPES, 'unknown' as const].map((type) => ({
      type,
      ...pickCrowd(whole.find((row) => row.type === type)),
      probability: sure.find((row) => row.type === type)?.probability ?? 0,
    })),
    byDecile: of(DECILE).map((row) => ({ type: row.type, ...pickCrowd(row), decile: row.decile! })),
    byTier: of(TIER)
      .filter(({ tier }) => tier !== null)
      .map((row) => ({ type: row.type, ...pickCrowd(row), tier: row.tier! })),
    byProvince: of(PROVINCE).map((row) => ({ type: row.type, ...pickCrowd(row), province: row.province! })),
    byChannel,
  };
  await store.transaction(SYSTEM, async (tx) => {
    await sql`
      insert into loyalty_snapshot (id, computed_at, overview) values (${newId()}, ${scoring[0]!.at}, ${JSON.stringify(snapshot)}::jsonb)`.execute(
      tx,
    );
    await sql`delete from loyalty_snapshot where computed_at < now() - make_interval(days => ${KEPT_DAYS})`.execute(tx);
  });
  return snapshot;
}

const pickCrowd = (row?: { customers: number; revenue: number }) => ({ customers: row?.customers ?? 0, revenue: row?.revenue ?? 0 });
