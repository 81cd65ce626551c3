// What looks like a mistake by counting alone and is none: the switchboard of an office, a town with nearly the name of a city.
import type { Misspelt } from './misspelt.ts';
import { traitSql } from './problem-conditions.ts';

export type Rows = <T>(query: string, params?: Record<string, unknown>) => Promise<T[]>;

/** Of the records whose address or company is known, so many share one: they are of one place, and so may be their telephone. */
const OF_ONE_PLACE = 0.5;
/** Of the records of a doubtful town whose postcode is known, so many have one of the city it resembles. */
const SAME_POSTCODES = 0.5;

/** Of these values, those that people of different addresses and companies give; without any address it cannot be told, and they stay. */
export async function sharedByStrangers(rows: Rows, field: string, values: readonly string[]): Promise<Set<string>> {
  const strangers = new Set(values);
  if (values.length === 0) return strangers;
  for (const place of [`if(street = '', '', concat(street, ' ', postcode))`, 'company']) {
    const known = await rows<{ value: string; share: number }>(
      `select value, max(together) / sum(together) as share
         from (
           select value, place, count() as together
             from (select ${traitSql(field)} as value, ${place} as place from match_record final where JSONHas(traits, '${field}'))
            where value in {values:Array(String)} and place != '' group by value, place)
        group by value having sum(together) > 1`,
      { values },
    );
    for (const { value, share } of known) if (share >= OF_ONE_PLACE) strangers.delete(value);
  }
  return strangers;
}

/**
 * Of these slips of towns, those whose records lie where the other town does by their postcodes. Palencia is one letter from
 * Valencia, and its post comes from elsewhere; where no postcode tells, nothing is said.
 */
export async function inTheSamePlace(rows: Rows, slips: readonly Misspelt[]): Promise<Misspelt[]> {
  if (slips.length === 0) return [];
  const places = await rows<{ town: string; postcodes: string[]; times: string[] }>(
    `select town, groupArray(postcode) as postcodes, groupArray(times) as times
       from (
         select ${traitSql('city')} as town, postcode, toString(count()) as times from match_record final
          where postcode != '' and town in {towns:Array(String)} group by town, postcode)
      group by town`,
    { towns: [...new Set(slips.flatMap(({ word, right }) => [word, right]))] },
  );
  const of = new Map(places.map(({ town, postcodes, times }) => [town, postcodes.map((code, n) => [code, Number(times[n])] as const)]));
  return slips.filter(({ word, right }) => {
    const there = new Set(of.get(right)?.map(([code]) => code));
    const own = of.get(word) ?? [];
    const sum = (some: typeof own) => some.reduce((total, [, times]) => total + times, 0);
    return own.length > 0 && sum(own.filter(([code]) => there.has(code))) >= SAME_POSTCODES * sum(own);
  });
}
