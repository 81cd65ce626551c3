import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconPlus } from '../../../ui/icons.ts';
import { Select } from '../../../ui/kit.ts';
import type { Condition } from '../rule-shapes.ts';
import type { Words } from '../sentence.ts';
import { freshFact, freshField } from './edit-rule.ts';
import { findConditions, type OptionGroup } from './find-conditions.ts';

/** Adds a condition by typing what it is about: the list narrows, Enter adds. */
export function AddCondition({ words, onAdd }: { words: Words; onAdd: (condition: Condition) => void }) {
  const { t } = useTranslation();
  const { catalogue } = words;
  const [typed, setTyped] = useState('');
  const data = useMemo(() => {
    const capital = (text: string) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
    const ofGroup = (group: 'profile' | 'consent' | 'score') =>
      catalogue.fields
        .filter((field) => field.group === group)
        .map(({ id }) => ({ value: `field ${id}`, label: capital(t(`segments:field.${id}.name`)) }));
    const groups = [
      ...catalogue.facts.map(({ id, measures }) => ({
        group: t(`segments:group.${id}`),
        items: measures.map((measure) => ({
          value: `fact ${id} ${measure.id}`,
          label: capital(t(`segments:fact.${id}.measure.${measure.id}`)),
        })),
      })),
      ...(['profile', 'consent', 'score'] as const).map((group) => ({ group: t(`segments:group.${group}`), items: ofGroup(group) })),
      { group: t('segments:group.segment'), items: [{ value: 'segment', label: capital(t('segments:builder.segment')) }] },
    ];
    return groups.filter(({ items }) => items.length > 0);
  }, [catalogue, t]);
  /** Also found by how the sentence says it: «viven en» is the province as much as the town. */
  const filter = useMemo(() => {
    const said = (value: string) => {
      const [kind, id, measure] = value.split(' ');
      if (kind === 'segment') return t('segments:clause.inSegment', { skipInterpolation: true });
      if (kind === 'fact') return t(`segments:fact.${id}.clause.${measure}`, { defaultValue: '', skipInterpolation: true });
      return ['in', 'number', 'date', 'known', 'yes']
        .map((clause) => t(`segments:field.${id}.${clause}`, { defaultValue: '', skipInterpolation: true }))
        .join(' ');
    };
    return ({ options, search }: { options: readonly unknown[]; search: string }) => findConditions(options as OptionGroup[], search, said);
  }, [t]);

  const add = (value: string | null) => {
    if (!value) return;
    const [kind, id, measureId] = value.split(' ');
    setTyped('');
    if (kind === 'segment') return onAdd({ kind: 'segment', segment: '', in: true });
    if (kind === 'field') return onAdd(freshField(catalogue.fields.find((field) => field.id === id)!));
    const fact = catalogue.facts.find((one) => one.id === id)!;
    onAdd(freshFact(fact, fact.measures.find((one) => one.id === measureId)!));
  };
  return (
    <Select
      aria-label={t('segments:builder.addLabel')}
      placeholder={t('segments:builder.add')}
      leftSection={<IconPlus size={16} />}
      data={data}
      value={null}
      onChange={add}
      searchable
      filter={filter}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('segments:builder.nothingFound')}
      selectFirstOptionOnChange
      maxDropdownHeight={340}
      maw={460}
    />
  );
}
