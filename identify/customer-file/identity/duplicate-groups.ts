import type { z } from 'zod';
import { decodeCursor, toPage } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { DuplicateGroup } from '../api/identity.ts';
import { maskFields, seesPersonal } from './mask.ts';
import { type Traits, valueOf } from './traits.ts';

type Group = z.infer<typeof DuplicateGroup>;

interface GroupRow {
  id: string;
  display_name: string;
  weakest: number;
  records: { id: string; source: string; traits: Traits }[];
}

/** More records of one customer than this are shown on its own page. */
const MOST_RECORDS = 20;

/** Customers made of several records, the weakest link first. */
export async function duplicateGroups(store: Store, actor: Actor, { cursor, limit }: { cursor?: string; limit: number }) {
  const after = decodeCursor(cursor, 2);
  const { rows } = await sql<GroupRow>`
    with page as (
      select id, display_name, weakest from customer
       where merged_into is null and records > 1 and weakest is not null
         ${after ? sql`and (weakest, id) > (${after[0]}::real, ${after[1]}::uuid)` : sql``}
       order by weakest, id limit ${limit + 1}
    )
    select p.*, r.records
      from page p
      cross join lateral (
        select jsonb_agg(jsonb_build_object('id', r.id, 'source', s.label, 'traits', r.traits) order by s.label, r.id) as records
          from (select record_id from link where customer_id = p.id and valid_to is null limit ${MOST_RECORDS}) l
          join source_record r on r.id = l.record_id
          join source s on s.id = r.source_id
      ) r
     order by p.weakest, p.id`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.weakest, row.id]);
  return { items: items.map((row) => toGroup(row, seesPersonal(actor))), next };
}

function toGroup({ id, display_name, weakest, records }: GroupRow, open: boolean): Group {
  return {
    customerId: id,
    name: display_name,
    weakest,
    records: (records ?? []).map(({ id: record, source, traits }) => {
      const personal = {
        email: valueOf(traits, 'email'),
        phone: valueOf(traits, 'mobile') || valueOf(traits, 'phone'),
        birth_date: valueOf(traits, 'birth_date'),
        national_id: valueOf(traits, 'national_id'),
      };
      const { email, phone, birth_date, national_id } = open ? personal : (maskFields(personal) as typeof personal);
      const name = ['given', 'surname1', 'surname2']
        .map((field) => valueOf(traits, field))
        .filter(Boolean)
        .join(' ');
      return {
        id: record,
        sourceLabel: source,
        name: name || valueOf(traits, 'company') || valueOf(traits, 'trade_name'),
        email,
        phone,
        birthDate: birth_date,
        nationalId: national_id,
        city: valueOf(traits, 'city'),
      };
    }),
  };
}
