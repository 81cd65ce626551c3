// Whose figures are asked for, as conditions over customer_life_cycle l.
import type { z } from 'zod';
import type { Whose as WhoseQuery } from '../api/life-cycle.ts';

export type Whose = z.infer<typeof WhoseQuery>;

export interface Conditions {
  sql: string[];
  params: Record<string, unknown>;
}

export function whose({ source, channel, province, segment }: Whose): Conditions {
  const all: Conditions = { sql: [], params: {} };
  const add = (sql: string, params: Record<string, unknown>) => {
    all.sql.push(sql);
    Object.assign(all.params, params);
  };
  if (source) add('l.first_source = {source:UUID}', { source });
  if (channel) add('l.first_channel = {channel:String}', { channel });
  if (province)
    add('l.customer_id in (select customer_id from customer_profile final where alive and province = {province:String})', { province });
  if (segment)
    add('l.customer_id in (select customer_id from segment_member final where inside and segment_id = {segment:UUID})', { segment });
  return all;
}

/** `where …` of all of them; true where there are none. */
export const allOf = (conditions: readonly string[]): string => (conditions.length ? conditions.join(' and ') : 'true');
