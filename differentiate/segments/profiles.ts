// What the warehouse knows of each customer's profile, brought from the desk: everybody in one stream, or those who changed.
import { Readable } from 'node:stream';
import type { Context } from '@vinculo/http';

export type Stores = Pick<Context, 'store' | 'warehouse'>;

const INTO =
  'customer_profile (customer_id, kind, province, city, postcode, birth_date, gender, has_email, has_phone, consents, refused, sources, records, first_seen, revenue, alive, version)';

/** Nobody comes twice: there is nothing to replace within what is written, and to look for it took more than to write it. */
const EACH_ONCE = { optimize_on_insert: 0 } as const;

/** A text within an array of ClickHouse's TSV: COPY escapes what stands in it once more, and TSV takes that away again. */
const quoted = (text: string) => `'''' || replace(replace(${text}, '\\', '\\\\'), '''', '\\''') || ''''`;

/** Of several statements about a purpose and channel the newest holds. Both the purpose and the purpose on its channel are named. */
const consents = (some: string) => `
  select customer_id,
         '[' || string_agg(distinct ${quoted('said')}, ',') filter (where granted) || ']' as consents,
         '[' || string_agg(distinct ${quoted('said')}, ',') filter (where not granted) || ']' as refused
    from (
      select customer_id, granted, unnest(array[purpose, purpose || '/' || channel]) as said
        from (
          select distinct on (l.customer_id, s.purpose, s.channel) l.customer_id, s.purpose, s.channel, s.granted
            from consent s join link l on l.record_id = s.record_id and l.valid_to is null ${some}
           order by l.customer_id, s.purpose, s.channel, s.occurred_at desc, s.id desc
        ) newest
    ) each_one
   group by customer_id`;

/** Ids need no escapes: to take each array apart took longer than reading the table. */
const SOURCES = `case when c.sources = '{}' then '[]' else '[''' || array_to_string(c.sources, ''',''') || ''']' end`;

/** Keeps Postgres from walking both tables by the index of the customer's id, which of everybody takes three times as long. */
const IN_ONE_GO = 'offset 0';

/**
 * Since when they are a customer: the day the sources say, at noon, which is on that day in every zone up to eleven hours from
 * Greenwich, or the moment of loading where that is earlier. The warehouse's days begin in 1970, and the first stands for none.
 */
const SINCE = `greatest(129600, least(floor(date_part('epoch', c.first_seen))::bigint, (c.known_since - date '1970-01-01') * 86400::bigint + 43200))`;

/** One line of {@link INTO} a customer; `version` is digits made here. */
const profiles = (version: number, some: string, someLinks: string, someScores: string) => `
  select c.id, c.kind, coalesce(c.province, ''), coalesce(c.city, ''), coalesce(c.golden -> 'postcode' ->> 'value', ''),
         case when c.birth_date between '1900-01-01' and '2299-01-01' then c.birth_date end, coalesce(c.gender, ''),
         case when coalesce(c.email, '') = '' then 0 else 1 end, case when coalesce(c.phone, '') = '' then 0 else 1 end,
         coalesce(s.consents, '[]'), coalesce(s.refused, '[]'), ${SOURCES}, c.records, ${SINCE}, coalesce(v.revenue, 0), 1, ${version}
    from customer c
    left join (${consents(someLinks)}) s on s.customer_id = c.id
    left join (select customer_id, revenue from customer_score ${someScores}) v on v.customer_id = c.id
   where c.merged_into is null ${some}`;

/**
 * Brings everybody's profile. Rows of those who changed meanwhile carry a later version and stay; who was not seen any more is
 * marked gone. Killed at any moment, doing it again gives the same.
 */
export async function readAllProfiles({ store, warehouse }: Stores, signal?: AbortSignal): Promise<void> {
  const version = Date.now() * 1000;
  await warehouse.insertStream(
    INTO,
    Readable.from(store.copyOut(profiles(version, '', '', IN_ONE_GO), signal), { objectMode: false }),
    'TabSeparated',
    EACH_ONCE,
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
       from (${profiles(version, 'and c.id = any($1::uuid[])', 'where l.customer_id = any($1::uuid[])', 'where customer_id = any($1::uuid[])')}) as x(${COLUMNS.join(', ')})`,
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
    { signal, settings: { ...EACH_ONCE, join_use_nulls: 0 } },
  );
  await warehouse.command('optimize table customer_profile final', {}, { signal });
}
