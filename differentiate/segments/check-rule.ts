// Whether a rule can be kept: every field, fact and operator exists, every value fits, no segment depends on itself.
import { fail } from '@vinculo/errors';
import { sql } from 'kysely';
import { namedIn, rulesNamedIn, type Segments } from './environment.ts';
import { factKind } from './facts.ts';
import { OPERATORS } from './fields.ts';
import type { Actor } from '@vinculo/postgres';
import {
  type Condition,
  conditionsOf,
  type FactCondition,
  type FieldCondition,
  LastPeriod,
  type Operator,
  type RuleNode,
  type Value,
} from './rule.ts';

/**
 * @param own the segment the rule is of, once it has an id.
 * @throws VIN_SEGMENT_RULE what cannot be understood · VIN_SEGMENT_CYCLE · VIN_ACCESS_DENIED for a reader who may not see worth.
 */
export async function checkRule(
  segments: Segments,
  actor: Pick<Actor, 'kind' | 'permissions'>,
  where: RuleNode,
  own?: string,
): Promise<void> {
  for (const condition of conditionsOf(where)) checkCondition(segments, condition);
  if (actor.kind !== 'system' && !actor.permissions.has('value.read') && tellsWorth(segments, where))
    throw fail('VIN_ACCESS_DENIED', { permission: 'value.read' });
  const named = namedIn([where]);
  const rules = await rulesNamedIn(segments.context.store.db, [where]);
  const missing = named.find((id) => !rules.has(id));
  if (missing) throw wrong({ es: 'el segmento que nombra ya no existe', en: 'the segment it names does not exist any more' });
  const cycle = findCycle(own, named, rules);
  if (cycle) throw fail('VIN_SEGMENT_CYCLE', { detail: await namesOf(segments, cycle) });
}

/** Whether the members of a rule would tell what they are worth. */
export function tellsWorth({ catalogue }: Pick<Segments, 'catalogue'>, where: RuleNode): boolean {
  return conditionsOf(where).some((condition) => {
    if (condition.kind === 'field') return catalogue.get(condition.field)?.worth === true;
    if (condition.kind === 'fact') return factKind(condition.fact)?.measures[condition.measure]?.worth === true;
    return false;
  });
}

function checkCondition({ catalogue }: Segments, condition: Condition): void {
  if (condition.kind === 'segment') return;
  if (condition.kind === 'fact') return checkFact(condition);
  const field = catalogue.get(condition.field);
  if (!field) throw wrong({ es: `no conocemos el campo «${condition.field}»`, en: `there is no field "${condition.field}"` });
  if (!OPERATORS[field.kind].includes(condition.op)) throw wrongOperator(condition.field, condition.op);
  const strings = field.kind === 'choice' || field.kind === 'text' || field.kind === 'list';
  checkValue(condition, strings ? 'text' : field.kind === 'date' ? 'date' : 'number');
  if (field.choices && Array.isArray(condition.value)) {
    const stranger = condition.value.find((one) => !field.choices!.includes(String(one)));
    if (stranger !== undefined)
      throw wrong({ es: `«${stranger}» no es un valor de ${field.id}`, en: `"${stranger}" is not a value of ${field.id}` });
  }
}

function checkFact(condition: FactCondition): void {
  const kind = factKind(condition.fact);
  if (!kind) throw wrong({ es: `no conocemos el hecho «${condition.fact}»`, en: `there is no fact "${condition.fact}"` });
  const measure = Object.hasOwn(kind.measures, condition.measure) ? kind.measures[condition.measure] : undefined;
  if (!measure) throw wrong({ es: `«${condition.measure}» no se puede medir`, en: `"${condition.measure}" cannot be measured` });
  for (const { by } of condition.which ?? [])
    if (!Object.hasOwn(kind.by, by)) throw wrong({ es: `no se puede elegir por «${by}»`, en: `it cannot be narrowed by "${by}"` });
  // Of a number of facts something is always known: it may be zero.
  const allowed = OPERATORS[measure.kind].filter((op) => measure.none === null || (op !== 'known' && op !== 'unknown'));
  if (!allowed.includes(condition.op)) throw wrongOperator(condition.measure, condition.op);
  checkValue(condition, measure.kind === 'date' ? 'date' : 'number');
}

const NOTHING: readonly Operator[] = ['known', 'unknown', 'yes', 'no'];

function checkValue({ op, value }: FieldCondition | FactCondition, kind: 'text' | 'number' | 'date'): void {
  const fits = (good: boolean) => {
    if (!good)
      throw wrong({
        es: `falta el valor con el que comparar, o no es de su tipo (${op})`,
        en: `the value to compare with is missing or of another kind (${op})`,
      });
  };
  if (NOTHING.includes(op)) return fits(value === undefined);
  if (op === 'in' || op === 'not_in' || op === 'all') return fits(isList(value) && value.every((one) => typeof one === 'string'));
  if (op === 'contains') return fits(typeof value === 'string' && value.trim() !== '');
  if (op === 'in_last' || op === 'not_in_last') return fits(LastPeriod.safeParse(value).success);
  const type = kind === 'date' ? 'string' : 'number';
  if (op === 'between')
    return fits(isList(value) && value.length === 2 && value.every((one) => typeof one === type) && value[0]! <= value[1]!);
  fits(
    kind === 'date'
      ? typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
      : typeof value === 'number',
  );
}

const isList = (value: Value | undefined): value is string[] | [number, number] => Array.isArray(value);

/** The segments from `own` back to `own`, or of any other circle below; undefined where there is none. */
function findCycle(own: string | undefined, named: readonly string[], rules: ReadonlyMap<string, RuleNode | null>): string[] | undefined {
  const walk = (id: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    const rule = rules.get(id);
    // What is kept under its id is its rule of before; the new one is what is being checked.
    const next = id === own ? named : rule ? namedIn([rule]) : [];
    for (const one of next) {
      const found = walk(one, [...path, id]);
      if (found) return found;
    }
    return undefined;
  };
  if (own) return walk(own, []);
  for (const id of named) {
    const found = walk(id, []);
    if (found) return found;
  }
  return undefined;
}

async function namesOf({ context }: Segments, ids: readonly string[]): Promise<string> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from segment where id = any(${ids}::uuid[])`.execute(
    context.store.db,
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return ids.map((id) => names.get(id) ?? id).join(' → ');
}

const wrong = (detail: { es: string; en: string }) => fail('VIN_SEGMENT_RULE', { detail });
const wrongOperator = (what: string, op: string) => wrong({ es: `«${op}» no vale para ${what}`, en: `"${op}" does not fit ${what}` });
