// The warehouse's side of households: what each person's address, surnames, phones and e-mails are today.
import type { Context } from '@vinculo/http';
import { CONTACTS, FIRST_EMAIL } from './people.ts';

type Stores = Pick<Context, 'warehouse'>;

const COLUMNS = 'customer_id, building, door, surname1, surname2, given, birth, contacts, alive, version';

/** A street without a number is no home: everybody of the street would live there. */
const AT_HOME = `m.company = '' and match(m.street, '[0-9]') and (m.postcode != '' or m.city != '')`;
const hash = (text: string) => `bitShiftRight(cityHash64(${text}), 11)`;
const orNone = (empty: string, text: string) => `if(${empty} = '', 0, ${hash(text)})`;
const buildingOf = (street: string, postcode: string, city: string) =>
  orNone(street, `concat(${street}, '|', if(${postcode} = '', ${city}, ${postcode}))`);
const filled = (kind: string, fields: string) =>
  `arrayMap(x -> ${hash(`concat('${kind} ', x)`)}, arraySort(groupUniqArrayArray(arrayFilter(x -> x != '', if(m.company = '', [${fields}], [])))))`;

/**
 * Of every customer, or of some: the newest home address, the fullest surnames, every phone and e-mail. What a record says beside a
 * company is where its person works.
 */
const homesOf = (some: boolean) => `
  select customer_id,
         ${buildingOf('home.1', 'home.2', 'home.3')} as building,
         ${orNone('home.4', "concat(home.1, '|', if(home.2 = '', home.3, home.2), '|', home.4)")} as door,
         ${orNone('surnames.1', "concat('s ', surnames.1)")} as surname1,
         ${orNone('surnames.2', "concat('s ', surnames.2)")} as surname2,
         surnames.3 as given,
         ${orNone('birth_date', 'birth_date')} as birth,
         arrayConcat(arrayResize(phones, ${FIRST_EMAIL}), arrayResize(emails, ${CONTACTS - FIRST_EMAIL})) as contacts,
         1 as alive,
         toUnixTimestamp64Micro(now64(6)) as version
    from (
      select i.customer_id as customer_id,
             argMaxIf((m.street, m.postcode, m.city, lowerUTF8(JSONExtractString(m.traits, 'address_rest'))),
                      (m.changed_at, m.postcode != '', m.record_id), ${AT_HOME}) as home,
             argMax((m.surname1, m.surname2, m.given), (m.surname1 != '', m.surname2 != '', m.given != '', m.changed_at, m.record_id)) as surnames,
             argMax(m.birth_date, (m.birth_date != '', m.changed_at, m.record_id)) as birth_date,
             ${filled('phone', 'm.mobile, m.phone')} as phones,
             ${filled('email', 'm.email')} as emails
        from (select * from match_record final where kind = 'person' ${some ? 'and record_id in (select record_id from identity final where customer_id in {customers:Array(UUID)})' : ''}) m
       inner join (select record_id, customer_id from identity final ${some ? 'where customer_id in {customers:Array(UUID)}' : ''}) i
          on i.record_id = m.record_id
       group by i.customer_id
    )`;

/** What a whole pass may take before it goes on on disk. */
const BOUNDED = { join_algorithm: 'full_sorting_merge', max_bytes_before_external_group_by: '500000000' };

/** Reads everybody's home anew, beside the table in use, and exchanges the two. */
export async function readAllHomes({ warehouse }: Stores, signal: AbortSignal): Promise<void> {
  await warehouse.command('truncate table home_next');
  await warehouse.command(`insert into home_next (${COLUMNS}) ${homesOf(false)}`, {}, { signal, settings: BOUNDED });
  await warehouse.command('exchange tables home and home_next');
  await warehouse.command('truncate table home_next');
}

/** Reads the homes of some customers anew; those who are no person any more are marked so. */
export async function readHomes({ warehouse }: Stores, customers: readonly string[]): Promise<void> {
  if (customers.length === 0) return;
  await warehouse.command(
    `insert into home (${COLUMNS})
     select c.customer_id, h.building, h.door, h.surname1, h.surname2, h.given, h.birth, if(empty(h.contacts), arrayResize([toUInt64(0)], ${CONTACTS}), h.contacts),
            h.alive, toUnixTimestamp64Micro(now64(6))
       from (select arrayJoin({customers:Array(UUID)}) as customer_id) c
       left any join (${homesOf(true)}) h on h.customer_id = c.customer_id`,
    { customers },
    { settings: { join_use_nulls: 0 } },
  );
}

/** One row of {@link peopleQuery}: 16 bytes of UUID, twelve doubles, a byte. */
export const PERSON_BYTES = 16 + 8 * (6 + CONTACTS) + 1;

/** People in fixed rows of RowBinary. */
export const peopleQuery = (some: boolean) => `
  select customer_id, toFloat64(building), toFloat64(door), toFloat64(surname1), toFloat64(surname2), toFloat64(${orNone('given', 'given')}), toFloat64(birth),
         ${Array.from({ length: CONTACTS }, (_, n) => `toFloat64(contacts[${n + 1}])`).join(', ')},
         toUInt8(building != 0 and building in (
           select ${buildingOf('street', 'postcode', 'city')} from match_record final where kind = 'company' and match(street, '[0-9]')))
    from home final
   where alive ${some ? 'and customer_id in {customers:Array(UUID)}' : ''}
   order by customer_id`;

/** The given names of everybody, or of some, by the code that {@link peopleQuery} gives them. */
export async function givenNames({ warehouse }: Stores, customers?: readonly string[]): Promise<[code: number, name: string][]> {
  const rows = await warehouse.rows<{ code: number; given: string }>(
    `select toFloat64(${hash('given')}) as code, given from home final
      where alive and given != '' ${customers ? 'and customer_id in {customers:Array(UUID)}' : ''} group by given`,
    customers ? { customers } : {},
  );
  return rows.map(({ code, given }) => [code, given]);
}

/** People beyond this are too many to be judged as a few. */
export const FEW = 20_000;

/** Looks through the contacts of everybody without unfolding them: only those who share one are worth that. */
export const anyContactIn = (set: string) =>
  `(${Array.from({ length: CONTACTS }, (_, n) => `contacts[${n + 1}] in (select c from ${set})`).join(' or ')})`;

/** A phone that more people have is a switchboard, and stays one whoever comes or goes. */
const MOST_FOLLOWED = 50;

/**
 * Everybody whom a change of these people could concern: those of their buildings, those with their phones and e-mails, and so on until
 * nobody new is reached. Undefined when that is more than {@link FEW}.
 *
 * @param mates gives the people who are, or were decided to be, of a household with any of those given.
 */
export async function neighbourhood(
  { warehouse }: Stores,
  start: readonly string[],
  mates: (customers: readonly string[]) => Promise<string[]>,
): Promise<string[] | undefined> {
  const known = new Set(start);
  for (let fresh = [...known]; fresh.length > 0; ) {
    const near = await warehouse.rows<{ customer_id: string }>(
      `with mine as (select building, contacts from home final where alive and customer_id in {fresh:Array(UUID)}),
            theirs as (select arrayJoin(contacts) as c from mine where c != 0),
            shared as (
              select c from (select arrayJoin(arrayDistinct(contacts)) as c from home final where alive and ${anyContactIn('theirs')})
               where c in (select c from theirs) group by c having count() between 2 and ${MOST_FOLLOWED})
       select toString(customer_id) as customer_id from home final
        where alive and ((building != 0 and building in (select building from mine)) or ${anyContactIn('shared')})
        limit ${FEW + 1}`,
      { fresh },
    );
    const next = new Set([...near.map((row) => row.customer_id), ...(await mates(fresh))]);
    fresh = [...next].filter((id) => !known.has(id));
    for (const id of fresh) known.add(id);
    if (known.size > FEW) return undefined;
  }
  return [...known];
}

/** How common each surname is among everybody, 0..1. */
export async function surnameShares(
  { warehouse }: Stores,
  surnames: readonly number[],
): Promise<{ people: number; carriers: Map<number, number> }> {
  const [rows, [counted]] = await Promise.all([
    warehouse.rows<{ surname: number; carriers: number }>(
      `select toFloat64(surname) as surname, toUInt32(count()) as carriers
         from (select arrayJoin(arrayDistinct([surname1, surname2])) as surname from home final
                where alive and (surname1 in {surnames:Array(UInt64)} or surname2 in {surnames:Array(UInt64)}))
        where surname in {surnames:Array(UInt64)} group by surname`,
      { surnames },
    ),
    warehouse.rows<{ people: number }>('select toUInt32(count()) as people from home final where alive'),
  ]);
  return { people: counted!.people, carriers: new Map(rows.map(({ surname, carriers }) => [surname, carriers])) };
}
