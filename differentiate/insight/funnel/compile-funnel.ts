// The steps of a funnel as one question to the warehouse: how far each customer has come.
import type { z } from 'zod';
import type { Condition as ConditionShape } from '../api/funnel.ts';
import { everybody } from '../scores/everybody.ts';
import type { Definition } from './definition.ts';

type Condition = z.infer<typeof ConditionShape>;

export interface FunnelQuery {
  /** Rows: customer_id, reached (0 meets no step), province, sources, first_seen: the earliest of what the sources say, the loading and the first purchase. */
  sql: string;
  params: Record<string, unknown>;
}

interface Facts {
  /** Columns counted over somebody's orders and contacts; only what a condition asks for is counted at all. */
  orders: string[];
  contacts: string[];
  campaigns: string[];
  params: Record<string, unknown>;
}

/**
 * Whoever meets a step counts in all before it: somebody who bought is known, whatever the file says of their telephone. So
 * the step reached is the last one whose conditions are all met.
 *
 * @param at moment that "the last so many days" end.
 */
export function compileFunnel({ steps }: Pick<Definition, 'steps'>, at: string, timeZone: string): FunnelQuery {
  const facts: Facts = { orders: [], contacts: [], campaigns: [], params: { at, timeZone } };
  const met = steps.map(({ conditions }, step) =>
    conditions.map((condition, place) => `(${compile(condition, `c${step}_${place}`, facts)})`).join(' and '),
  );
  const reached = met.length
    ? `multiIf(${met
        .map((all, i) => `${all}, ${i + 1}`)
        .toReversed()
        .join(', ')}, 0)`
    : '0';
  return {
    sql: `
      select p.customer_id as customer_id, toUInt8(${reached}) as reached, p.province as province, p.sources as sources,
             greatest(if(l.first_day > toDate(0), least(l.first_day, if(p.first_seen > toDateTime(0), toDate(p.first_seen, {timeZone:String}), l.first_day)), toDate(p.first_seen, {timeZone:String})), toDate('1970-01-02')) as first_seen
        from (${everybody(['province', 'sources', 'first_seen', 'has_email', 'has_phone', 'consents'])}) p
        left join (select customer_id, stage, first_day from customer_life_cycle) l on l.customer_id = p.customer_id
        ${joined('o', facts.orders, 'from customer_order where amount > 0')}
        ${joined('t', facts.contacts, 'from customer_contact')}
        ${joined('m', facts.campaigns, 'from customer_mailing')}
      settings join_use_nulls = 0, optimize_aggregation_in_order = 1`,
    params: facts.params,
  };
}

const joined = (alias: string, columns: readonly string[], from: string) =>
  columns.length
    ? `left join (select customer_id, ${columns.join(', ')} ${from} group by customer_id) ${alias} on ${alias}.customer_id = p.customer_id`
    : '';

function compile(condition: Condition, name: string, facts: Facts): string {
  const bind = (value: unknown, type: string) => {
    const place = `${name}_${Object.keys(facts.params).length}`;
    facts.params[place] = value;
    return `{${place}:${type}}`;
  };
  const recent = (days: number | null) =>
    days === null ? 'true' : `occurred_at >= {at:DateTime('UTC')} - toIntervalDay(${bind(days, 'UInt32')})`;
  switch (condition.kind) {
    case 'reachable':
      return condition.ways.map((way) => (way === 'email' ? 'p.has_email = 1' : 'p.has_phone = 1')).join(' or ');
    case 'consent':
      return condition.purpose === '' ? 'notEmpty(p.consents)' : `has(p.consents, ${bind(condition.purpose, 'String')})`;
    case 'contacted': {
      const direction = condition.direction === 'any' ? 'true' : `direction = ${bind(condition.direction, 'String')}`;
      facts.contacts.push(`countIf(${direction} and ${recent(condition.days)}) as ${name}`);
      if (condition.direction === 'in') return `t.${name} > 0`;
      facts.campaigns.push(`countIf(${recent(condition.days)}) as ${name}`);
      return `t.${name} > 0 or m.${name} > 0`;
    }
    case 'topic':
      facts.contacts.push(
        `countIf(direction = 'in' and positionCaseInsensitiveUTF8(topic, ${bind(condition.word, 'String')}) > 0 and ${recent(condition.days)}) as ${name}`,
      );
      return `t.${name} > 0`;
    case 'bought':
      facts.orders.push(`countIf(${recent(condition.days)}) as ${name}`);
      return `o.${name} >= ${bind(condition.times, 'UInt32')}`;
    case 'spent':
      facts.orders.push(`toFloat64(sumIf(amount, ${recent(condition.days)})) as ${name}`);
      return `o.${name} >= ${bind(condition.amount, 'Float64')}`;
    case 'stage':
      return `l.stage in ${bind(condition.stages, 'Array(String)')}`;
    case 'segment':
      return `p.customer_id in (select customer_id from segment_member final where inside and segment_id = ${bind(condition.segment, 'UUID')})`;
  }
}
