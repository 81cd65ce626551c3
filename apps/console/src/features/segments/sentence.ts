// A rule in words: «Clientes que viven en Madrid y que compraron Café al menos 2 veces en los últimos 90 días».
import type { TFunction } from 'i18next';
import type { Format } from '../../ui/format.ts';
import { isComplete } from './builder/edit-rule.ts';
import {
  type Condition,
  type FactCondition,
  type Field,
  type FieldCondition,
  operatorWords,
  type Rule,
  type RuleCatalogue,
  type RuleGroup,
  type RulePeriod,
  type Value,
} from './rule-shapes.ts';

/** What sentences are made with. */
export interface Words {
  t: TFunction;
  format: Format;
  catalogue: RuleCatalogue;
  /** What people call a value: of a field (`province`) or of what narrows a fact (`purchase.category`). */
  label(of: string, value: string): string;
  segmentName(id: string): string;
}

/** A whole rule. */
export function ruleSentence(rule: Rule, words: Words): string {
  const { t } = words;
  if (rule.where.of.length === 0) return t('segments:builder.everybody');
  return `${t('segments:sentence.customers')} ${groupWords(rule.where, words)}.`;
}

function groupWords(group: RuleGroup, words: Words): string {
  const { t } = words;
  const parts = group.of.map((part) => {
    if (part.kind !== 'group') return { text: conditionWords(part, words), nested: false };
    const inner = groupWords(part, words);
    return { text: part.of.length > 1 ? `(${inner})` : inner, nested: true };
  });
  const who = (part: (typeof parts)[number]) => (part.nested ? part.text : `${t('segments:sentence.who')} ${part.text}`);
  if (group.match === 'none') return t('segments:sentence.none', { list: parts.map(who).join('; ') });
  const joint = t(group.match === 'any' ? 'segments:builder.or' : 'segments:builder.and');
  return parts.map(who).join(` ${joint} `);
}

/** One condition, without its «que». */
export function conditionWords(condition: Condition, words: Words): string {
  const { t, catalogue } = words;
  if (!isComplete(condition, catalogue)) return t('segments:sentence.unfinished', { name: conditionName(condition, words) });
  if (condition.kind === 'segment')
    return t(condition.in ? 'segments:clause.inSegment' : 'segments:clause.notInSegment', { name: words.segmentName(condition.segment) });
  return tidy(condition.kind === 'field' ? fieldWords(condition, words) : factWords(condition, words));
}

/** What a condition is about: the name of its field, what is measured. */
export function conditionName(condition: Condition, { t }: Pick<Words, 't'>): string {
  if (condition.kind === 'segment') return t('segments:builder.segment');
  return condition.kind === 'field'
    ? t(`segments:field.${condition.field}.name`)
    : t(`segments:fact.${condition.fact}.measure.${condition.measure}`);
}

function fieldWords(condition: FieldCondition, words: Words): string {
  const { t, catalogue } = words;
  const field = catalogue.fields.find(({ id }) => id === condition.field)!;
  const name = t(`segments:field.${field.id}.name`);
  const say = (key: string, values: object) =>
    t(`segments:field.${field.id}.${key}`, { ...values, name, defaultValue: t(`segments:clause.${key}`, { ...values, name }) });
  const { op, value } = condition;
  switch (operatorWords(field.kind)) {
    case 'date':
      return op === 'known' || op === 'unknown' ? say(op, {}) : say('date', { when: whenWords(op, value!, words) });
    case 'number':
      return op === 'known' || op === 'unknown'
        ? say(op, {})
        : say('number', { compare: compareWords(op, value!, words, amountOf(field, words)) });
    case 'flag':
      return say(op, {});
    default: {
      if (op === 'contains') return say(op, { value });
      const values = Array.isArray(value)
        ? joined(
            value.map((one) => words.label(field.id, String(one))),
            op === 'all' ? 'And' : 'Or',
            words,
          )
        : '';
      return say(op, { values });
    }
  }
}

function factWords(condition: FactCondition, words: Words): string {
  const { t, catalogue } = words;
  const { fact, measure: name, op, value } = condition;
  const measure = catalogue.facts.find(({ id }) => id === fact)?.measures.find(({ id }) => id === name);
  const spends = fact === 'purchase' && (name === 'amount' || name === 'average');
  const what = (condition.which ?? []).map(({ by, is, not }) => {
    const values = joined(
      is.map((one) => words.label(`${fact}.${by}`, one)),
      'Or',
      words,
    );
    const plain = t(`segments:fact.${fact}.${not ? 'whichNot' : 'which'}.${by}`, { values });
    return spends ? t(`segments:fact.purchase.${not ? 'spentNot' : 'spent'}.${by}`, { values, defaultValue: plain }) : plain;
  });
  const said = {
    what: what.join(' ') || t(`segments:fact.${fact}.any`, { defaultValue: '' }),
    period: condition.period ? periodWords(condition.period, words) : '',
  };
  if (
    op === 'unknown' ||
    (name === 'times' && ((op === 'eq' && value === 0) || (op === 'lt' && value === 1) || (op === 'lte' && value === 0)))
  )
    return t(`segments:fact.${fact}.never`, said);
  if (op === 'known') return t(`segments:fact.${fact}.known`, said);
  const clause = `segments:fact.${fact}.clause.${name}`;
  if (measure?.kind === 'date') return t(clause, { ...said, when: whenWords(op, value!, words) });
  const amount =
    measure?.kind === 'money' ? (n: number) => words.format.moneyRound(n) : (n: number) => t(`segments:count.${name}`, { count: n });
  return t(clause, { ...said, compare: compareWords(op, value!, words, amount) });
}

const amountOf =
  (field: Field, { format }: Words) =>
  (value: number) =>
    field.kind === 'money'
      ? format.moneyRound(value)
      : field.kind === 'share'
        ? format.percent(value)
        : format.number(value, Number.isInteger(value) ? 0 : 2);

function compareWords(op: string, value: Value, { t }: Words, amount: (n: number) => string): string {
  if (op === 'between' && Array.isArray(value)) {
    const [from, to] = value as [number, number];
    return t('segments:compare.between', { from: amount(from), to: amount(to) });
  }
  return t(`segments:compare.${op}`, { value: amount(Number(value)) });
}

function whenWords(op: string, value: Value, { t, format }: Words): string {
  if (typeof value === 'object' && 'last' in value)
    return t(`segments:when.${op}`, { span: t(`segments:span.${value.unit}`, { count: value.last }) });
  if (Array.isArray(value))
    return t('segments:when.between', { from: format.date(noon(String(value[0]))), to: format.date(noon(String(value[1]))) });
  return t(`segments:when.${op}`, { date: format.date(noon(String(value))) });
}

export function periodWords(period: RulePeriod, { t, format }: Pick<Words, 't' | 'format'>): string {
  if ('last' in period) return t('segments:when.in_last', { span: t(`segments:span.${period.unit}`, { count: period.last }) });
  if ('this' in period) return t(`segments:when.this_${period.this}`);
  const day = (text: string) => format.date(noon(text));
  if (!('from' in period)) return t('segments:when.until', { date: day(period.to) });
  return period.to
    ? t('segments:when.between', { from: day(period.from), to: day(period.to) })
    : t('segments:when.after', { date: day(period.from) });
}

/** A day is the same day in every time zone at its noon. */
const noon = (day: string) => `${day}T12:00:00Z`;

function joined(values: string[], how: 'And' | 'Or', { t }: Words): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} ${t(`segments:sentence.value${how}`)} ${last}`;
}

const tidy = (text: string) => text.replace(/ {2,}/g, ' ').trim();
