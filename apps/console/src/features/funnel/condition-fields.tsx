import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { ActionIcon, MultiSelect, NumberInput, Select, TextInput, Tooltip } from '../../ui/kit.ts';
import { IconTrash } from '../../ui/icons.ts';
import type { Condition } from './condition-words.ts';
import classes from './funnel.module.css';

const KINDS = ['reachable', 'consent', 'contacted', 'topic', 'bought', 'spent', 'stage', 'segment'] as const;
const STAGES = ['prospect', 'new', 'active', 'growing', 'at_risk', 'inactive', 'lost', 'won_back'] as const;
const FIRST: Record<Exclude<Condition['kind'], 'segment'>, Condition> = {
  reachable: { kind: 'reachable', ways: ['email', 'phone'] },
  consent: { kind: 'consent', purpose: '' },
  contacted: { kind: 'contacted', direction: 'any', days: null },
  topic: { kind: 'topic', word: 'recom', days: null },
  bought: { kind: 'bought', times: 1, days: null },
  spent: { kind: 'spent', amount: 100, days: 365 },
  stage: { kind: 'stage', stages: ['active', 'growing'] },
};

interface ConditionFieldsProps {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove?: (() => void) | undefined;
}

/** One condition in fields: what it is about, how much of it, since when. */
export function ConditionFields({ condition, onChange, onRemove }: ConditionFieldsProps) {
  const { t } = useTranslation();
  const segments = useGet<{ items: { id: string; name: string }[] }>('/segments', { limit: 200 });
  const known = segments.data?.items ?? [];
  const start = (kind: Condition['kind']) => {
    if (kind !== 'segment') onChange(FIRST[kind]);
    else if (known[0]) onChange({ kind: 'segment', segment: known[0].id });
  };
  const days = (value: number | null, set: (days: number | null) => void) => (
    <NumberInput
      size="xs"
      w={150}
      label={t('funnel:field.days')}
      placeholder={t('funnel:field.ever')}
      min={1}
      max={3650}
      value={value ?? ''}
      onChange={(next) => set(next === '' ? null : Number(next))}
    />
  );
  return (
    <div className={classes.condition}>
      <Select
        size="xs"
        w={190}
        label={t('funnel:field.kind')}
        allowDeselect={false}
        value={condition.kind}
        onChange={(kind) => start(kind as Condition['kind'])}
        data={KINDS.filter((kind) => kind !== 'segment' || known.length > 0).map((value) => ({ value, label: t(`funnel:kind.${value}`) }))}
      />
      {condition.kind === 'reachable' && (
        <MultiSelect
          size="xs"
          miw={190}
          label={t('funnel:field.ways')}
          value={condition.ways}
          onChange={(ways) => ways.length > 0 && onChange({ ...condition, ways: ways as typeof condition.ways })}
          data={(['email', 'phone'] as const).map((value) => ({ value, label: t(`funnel:way.${value}`) }))}
        />
      )}
      {condition.kind === 'consent' && (
        <TextInput
          size="xs"
          label={t('funnel:field.purpose')}
          placeholder={t('funnel:field.anyPurpose')}
          value={condition.purpose}
          onChange={({ currentTarget }) => onChange({ ...condition, purpose: currentTarget.value })}
        />
      )}
      {condition.kind === 'contacted' && (
        <Select
          size="xs"
          w={190}
          label={t('funnel:field.direction')}
          allowDeselect={false}
          value={condition.direction}
          onChange={(direction) => onChange({ ...condition, direction: direction as typeof condition.direction })}
          data={(['any', 'out', 'in'] as const).map((value) => ({ value, label: t(`funnel:direction.${value}`) }))}
        />
      )}
      {condition.kind === 'topic' && (
        <TextInput
          size="xs"
          label={t('funnel:field.word')}
          value={condition.word}
          onChange={({ currentTarget }) => onChange({ ...condition, word: currentTarget.value })}
        />
      )}
      {condition.kind === 'bought' && (
        <NumberInput
          size="xs"
          w={120}
          label={t('funnel:field.times')}
          min={1}
          max={1000}
          value={condition.times}
          onChange={(times) => onChange({ ...condition, times: Number(times) || 1 })}
        />
      )}
      {condition.kind === 'spent' && (
        <NumberInput
          size="xs"
          w={120}
          label={t('funnel:field.amount')}
          min={1}
          value={condition.amount}
          onChange={(amount) => onChange({ ...condition, amount: Number(amount) || 1 })}
        />
      )}
      {condition.kind === 'stage' && (
        <MultiSelect
          size="xs"
          miw={220}
          label={t('funnel:field.stages')}
          value={condition.stages}
          onChange={(stages) => stages.length > 0 && onChange({ ...condition, stages: stages as typeof condition.stages })}
          data={STAGES.map((value) => ({ value, label: t(`value:stage.${value}`) }))}
        />
      )}
      {condition.kind === 'segment' && (
        <Select
          size="xs"
          w={220}
          label={t('funnel:field.segment')}
          allowDeselect={false}
          value={condition.segment}
          onChange={(segment) => segment && onChange({ ...condition, segment })}
          data={known.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {'days' in condition && days(condition.days, (next) => onChange({ ...condition, days: next }))}
      {onRemove && (
        <Tooltip label={t('funnel:removeCondition')}>
          <ActionIcon variant="subtle" aria-label={t('funnel:removeCondition')} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
