// What the warehouse knows of each customer's profile, brought from the desk: everybody in one stream, or those who changed.
import { Readable } from 'node:stream';
import type { Context } from '@vinculo/http';

type Stores = Pick<Context, 'store' | 'warehouse'>;

const INTO =
  'customer_profile (customer_id, kind, province, city, postcode, birth_date, gender, has_email, has_phone, consents, refused, sources, records, first_seen, revenue, alive, version)';

/** Texts as an array of ClickHouse's TSV: COPY escapes what stands in it once more, and TSV takes that away again. */
const list = (texts: string) =>
  `'[' || coalesce((select string_agg('''' || replace(replace(t, '\\', '\\\\'), '''', '\\''') || '''', ',') from unnest(${texts}) t), '') || ']'`;

/** Of several statements about a purpose and channel the newest holds. Both the purpose and the purpose on its channel are named. */
const consents = (some: string) => `
  select customer_id,
         array_agg(distinct said) filter (where granted) as consents,
         array_agg(distinct said) filter (where not granted) as refused
    from (
      select customer_id, granted, unnest(array[purpose, purpose || '/' || channel]) as said
        from (
          select distinct on (l.customer_id, s.purpose, s.channel) l.customer_id, s.purpose, s.channel, s.granted
            from consent s join link l on l.record_id = s.record_id and l.valid_to is null ${some}
           order by l.customer_id, s.purpose, s.channel, s.occurred_at desc, s.id desc
        ) newest
    ) each_one
   group by customer_id`;

/** A date a source wrote that no calendar has is no date. */
const FIRST_SEEN = `
  to_char(least(c.first_seen, case when c.golden -> 'created_at' ->> 'value' ~ '^(19|20)\\d\\d-(0[1-9]|1[0-2])-([01]\\d|2[0-8])'
    then (left(c.golden -> 'created_at' ->> 'value', 10))::timestamp at time zone 'UTC' end) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')`;

/** One line of {@link INTO} a customer; `version` is digits made here. */
const profiles = (version: number, some: string, someLinks: string) => `
  select c.id, c.kind, coalesce(c.province, ''), coalesce(c.city, ''), coalesce(c.golden -> 'postcode' ->> 'value', ''),
         case when c.birth_date between '1900-01-01' and '2299-01-01' then c.birth_date end, coalesce(c.gender, ''),
         case when coalesce(c.email, '') = '' then 0 else 1 end, case when coalesce(c.phone, '') = '' then 0 else 1 end,
         ${list('s.consents')}, ${list('s.refused')}, ${list('c.sources::text[]')}, c.records, ${FIRST_SEEN}, coalesce(v.revenue, 0), 1, ${version}
    from customer c
    left join (${consents(someLinks)}) s on s.customer_id = c.id
    left join customer_score v on v.customer_id = c.id
   where c.merged_into is null ${some}`;

/**
 * Brings everybody's profile. Rows of those who changed meanwhile carry a later version and stay; who was not seen any more is
 * marked gone. Killed at any moment, doing it again gives the same.
 */
export async function readAllProfiles({ store, warehouse }: Stores, signal?: AbortSignal): Promise<void> {
  const version = Date.now() * 1000;
  await warehouse.insertStream(
    INTO,
    Readable.from(store.copyOut(profiles(version, '', ''), signal), { objectMode: false }),
    'TabSeparated',
    {},
    signal,
  );
  await warehouse.command(
    `insert into customer_profile (customer_id, alive, version)
     select customer_id, 0, {version:UInt64} from customer_profile final where alive and version < {version:UInt64}`,
    { version },
    { signal },
  );
  // One part that holds each customer once is read without comparing versions, which rules then never wait for.
  await warehouse.command('optimize table customer_profile final', {}, { signal });
}

/** Brings the profiles of some customers; ids that were merged into another, or are nobody's, are marked gone. */
export async function readProfiles({ store, warehouse }: Stores, customers: readonly string[]): Promise<void> {
  if (customers.length === 0) return;
  const version = Date.now() * 1000;
  const { rows } = await store.pool.query<{ line: string; id: string }>(
    `select x.id, concat_ws(E'\\t', ${COLUMNS.map((name) => `${ESCAPED(name)}`).join(', ')}) as line
       from (${profiles(version, 'and c.id = any($1::uuid[])', 'where l.customer_id = any($1::uuid[])')}) as x(${COLUMNS.join(', ')})`,
    [customers],
  );
  const there = new Set(rows.map(({ id }) => id));
  if (rows.length > 0)
    await warehouse.insertStream(INTO, Readable.from([Buffer.from(rows.map(({ line }) => `${line}\n`).join(''))]), 'TabSeparated');
  const gone = customers.filter((id) => !there.has(id));
  if (gone.length > 0)
    await warehouse.insert(
      'customer_profile',
      gone.map((customer_id) => ({ customer_id, alive: 0, version })),
      ['customer_id', 'alive', 'version'],
    );
}

const COLUMNS = ['id', 'kind', 'province', 'city', 'postcode', 'birth', 'gender', 'email', 'phone', 'consents', 'refused', 'sources', 'records', 'seen', 'revenue', 'alive', 'version']; // biome-ignore format: read as a list
/** A value as COPY writes it, for rows that come by a query with parameters. */
const ESCAPED = (name: string) =>
  `coalesce(replace(replace(replace(replace(x.${name}::text, '\\', '\\\\'), E'\\t', '\\t'), E'\\n', '\\n'), E'\\r', '\\r'), '\\N')`;

/** Brings the revenue of whom scoring found another for. @param table one row a customer with its revenue. */
export async function readRevenue({ warehouse }: Pick<Stores, 'warehouse'>, table: string, signal?: AbortSignal): Promise<void> {
  await warehouse.command(
    `insert into customer_profile
     select p.* except (revenue, alive, version), toFloat64(v.revenue), p.alive, p.version + 1
       from (select * from customer_profile final where alive) p left any join (select customer_id, revenue from ${table}) v on v.customer_id = p.customer_id
      where p.revenue != toFloat64(v.revenue)`,
    {},
    { signal, settings: { join_use_nulls: 0 } },
  );
  await warehouse.command('optimize table customer_profile final', {}, { signal });
}
