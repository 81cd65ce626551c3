import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconX } from '../../../ui/icons.ts';
import { ActionIcon, Select } from '../../../ui/kit.ts';
import {
  type Condition,
  type FactCondition,
  type FieldCondition,
  type Operator,
  operatorWords,
  type SegmentCondition,
  type Which,
} from '../rule-shapes.ts';
import { conditionWords, type Words } from '../sentence.ts';
import { useSegmentNames } from '../use-words.ts';
import classes from './builder.module.css';
import { isComplete, keptValue } from './edit-rule.ts';
import { PeriodField } from './period-field.tsx';
import { ValueField } from './value-field.tsx';
import { ValuesField } from './values-field.tsx';

interface RowProps<C extends Condition> {
  condition: C;
  words: Words;
  onChange: (condition: C) => void;
}

/** One condition, in the order it is read: what, how it compares, with what; for facts also of what and when. */
export function ConditionRow({
  joint,
  condition,
  words,
  own,
  fresh,
  onChange,
  onRemove,
}: RowProps<Condition> & { joint: string; own: string | undefined; fresh: boolean; onRemove: () => void }) {
  const { t } = useTranslation();
  const row = useRef<HTMLDivElement>(null);
  // One just added waits for its value: whoever types goes on typing there. One that needs none leaves the hand where it was.
  useEffect(() => {
    if (!fresh) return;
    const empty = [...(row.current?.querySelectorAll('input') ?? [])].find((input) => input.type !== 'hidden' && input.value === '');
    if (!isComplete(condition, words.catalogue)) empty?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- when it appears, not when it changes
  }, []);
  return (
    <div ref={row} className={classes.row} role="group" aria-label={conditionWords(condition, words)}>
      <span className={classes.joint}>{joint}</span>
      {condition.kind === 'field' && <FieldRow condition={condition} words={words} onChange={onChange} />}
      {condition.kind === 'fact' && <FactRow condition={condition} words={words} onChange={onChange} />}
      {condition.kind === 'segment' && <SegmentRow condition={condition} words={words} onChange={onChange} own={own} />}
      <ActionIcon
        className={classes.end!}
        variant="subtle"
        color="gray"
        aria-label={t('segments:builder.remove', { what: conditionWords(condition, words) })}
        onClick={onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}

function OperatorSelect({
  kind,
  value,
  operators,
  onChange,
}: {
  kind: 'text' | 'list' | 'number' | 'date' | 'flag';
  value: Operator;
  operators: readonly Operator[];
  onChange: (op: Operator) => void;
}) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t('segments:builder.operator')}
      data={operators.map((op) => ({ value: op, label: t(`segments:op.${kind}.${op}`) }))}
      value={value}
      allowDeselect={false}
      onChange={(next) => next && onChange(next as Operator)}
      w={150}
    />
  );
}

function FieldRow({ condition, words, onChange }: RowProps<FieldCondition>) {
  const { t } = useTranslation();
  const field = words.catalogue.fields.find(({ id }) => id === condition.field);
  if (!field) return <span className={classes.name}>{condition.field}</span>;
  const name = t(`segments:field.${field.id}.name`);
  return (
    <>
      <span className={classes.name}>{name}</span>
      <OperatorSelect
        kind={operatorWords(field.kind)}
        value={condition.op}
        operators={field.operators}
        onChange={(op) => onChange(withValue({ ...condition, op }, keptValue(condition.value, condition.op, op)))}
      />
      <ValueField
        op={condition.op}
        kind={field.kind}
        value={condition.value}
        onChange={(value) => onChange(withValue(condition, value))}
        of={field.id}
        choices={field.choices}
        words={words}
        label={`${name}: ${t('segments:builder.value')}`}
      />
    </>
  );
}

function FactRow({ condition, words, onChange }: RowProps<FactCondition>) {
  const { t } = useTranslation();
  const fact = words.catalogue.facts.find(({ id }) => id === condition.fact);
  const measure = fact?.measures.find(({ id }) => id === condition.measure);
  if (!fact || !measure) return <span className={classes.name}>{condition.fact}</span>;
  const which = condition.which ?? [];
  const free = fact.by.filter(({ id }) => !which.some(({ by }) => by === id));
  const setWhich = (next: Which[]) => {
    const { which: _, ...rest } = condition;
    onChange(next.length > 0 ? { ...rest, which: next } : rest);
  };
  return (
    <>
      <Select
        aria-label={t('segments:builder.measure')}
        data={fact.measures.map(({ id }) => ({ value: id, label: t(`segments:fact.${fact.id}.measure.${id}`) }))}
        value={measure.id}
        allowDeselect={false}
        onChange={(next) => {
          const other = fact.measures.find(({ id }) => id === next);
          if (!other || other.id === measure.id) return;
          const same = other.kind === measure.kind && other.operators.includes(condition.op);
          const op = same ? condition.op : other.operators[0]!;
          onChange(withValue({ ...condition, measure: other.id, op }, same ? condition.value : keptValue(undefined, op, op)));
        }}
        w={230}
      />
      <OperatorSelect
        kind={operatorWords(measure.kind)}
        value={condition.op}
        operators={measure.operators}
        onChange={(op) => onChange(withValue({ ...condition, op }, keptValue(condition.value, condition.op, op)))}
      />
      <ValueField
        op={condition.op}
        kind={measure.kind}
        value={condition.value}
        onChange={(value) => onChange(withValue(condition, value))}
        of=""
        choices={null}
        words={words}
        label={t('segments:builder.amountOf')}
      />
      {which.map((one, n) => (
        <WhichField
          key={one.by}
          fact={fact.id}
          which={one}
          choices={fact.by.find(({ id }) => id === one.by)?.choices ?? null}
          words={words}
          onChange={(next) => setWhich(which.map((before, i) => (i === n ? next : before)))}
          onRemove={() => setWhich(which.filter((_, i) => i !== n))}
        />
      ))}
      {free.length > 0 && (
        <Select
          aria-label={t('segments:builder.addWhich')}
          placeholder={t('segments:builder.addWhich')}
          data={free.map(({ id }) => ({ value: id, label: t(`segments:fact.${fact.id}.by.${id}`) }))}
          value={null}
          onChange={(by) => by && setWhich([...which, { by, is: [] }])}
          w={160}
        />
      )}
      <PeriodField
        value={condition.period}
        onChange={(period) => {
          const { period: _, ...rest } = condition;
          onChange(period ? { ...rest, period } : rest);
        }}
      />
    </>
  );
}

function WhichField({
  fact,
  which,
  choices,
  words,
  onChange,
  onRemove,
}: {
  fact: string;
  which: Which;
  choices: readonly string[] | null;
  words: Words;
  onChange: (which: Which) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const name = t(`segments:fact.${fact}.by.${which.by}`);
  return (
    <>
      <span className={classes.name}>{name}</span>
      <Select
        aria-label={`${name}: ${t('segments:builder.operator')}`}
        data={[
          { value: 'is', label: t('segments:builder.is') },
          { value: 'not', label: t('segments:builder.isNot') },
        ]}
        value={which.not ? 'not' : 'is'}
        allowDeselect={false}
        onChange={(next) => onChange(next === 'not' ? { ...which, not: true } : { by: which.by, is: which.is })}
        w={90}
      />
      <ValuesField
        of={`${fact}.${which.by}`}
        choices={choices}
        value={which.is}
        onChange={(is) => onChange({ ...which, is })}
        words={words}
        label={`${name}: ${t('segments:builder.values')}`}
      />
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('segments:builder.removeWhich', { what: name })} onClick={onRemove}>
        <IconX size={14} />
      </ActionIcon>
    </>
  );
}

function SegmentRow({ condition, onChange, own }: RowProps<SegmentCondition> & { own: string | undefined }) {
  const { t } = useTranslation();
  const { data } = useSegmentNames();
  return (
    <>
      <Select
        aria-label={t('segments:builder.operator')}
        data={[
          { value: 'in', label: t('segments:builder.in') },
          { value: 'out', label: t('segments:builder.notIn') },
        ]}
        value={condition.in ? 'in' : 'out'}
        allowDeselect={false}
        onChange={(next) => onChange({ ...condition, in: next === 'in' })}
        w={130}
      />
      <Select
        aria-label={t('segments:builder.segment')}
        placeholder={t('segments:builder.pick')}
        data={(data?.items ?? [])
          .filter(({ id, kind }) => kind !== 'prospects' && id !== own)
          .map(({ id, name }) => ({ value: id, label: name }))}
        value={condition.segment || null}
        searchable
        allowDeselect={false}
        onChange={(segment) => segment && onChange({ ...condition, segment })}
        nothingFoundMessage={t('segments:builder.noOption')}
        w={260}
      />
    </>
  );
}

/** A condition with that value, or without any. */
function withValue<C extends FieldCondition | FactCondition>(condition: C, value: C['value']): C {
  const { value: _, ...rest } = condition;
  return (value === undefined ? rest : { ...rest, value }) as C;
}
