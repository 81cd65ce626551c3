import { fold } from '@vinculo/languages/api';
import type { Suggestions } from '@vinculo/segments/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../../api/queries.ts';
import { MultiSelect, useDebouncedValue } from '../../../ui/kit.ts';
import type { Words } from '../sentence.ts';

interface ValuesFieldProps {
  /** What they are values of: `province`, `purchase.category`. */
  of: string;
  /** Closed values; without them they are looked for as one types. */
  choices: readonly string[] | null;
  value: string[];
  onChange: (value: string[]) => void;
  words: Words;
  label: string;
}

/** Values out of those there are, found by typing. What is typed and is not among them can be chosen too: it may come. */
export function ValuesField({ of, choices, value, onChange, words, label }: ValuesFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const { data, isPlaceholderData } = useGet<z.infer<typeof Suggestions>>(
    '/segments/suggestions',
    { of, search },
    { enabled: choices === null, keep: true, staleTime: 60_000 },
  );
  // Labels already seen stay, so that a chosen value keeps its name when the search moves on.
  const [seen] = useState(() => new Map<string, string>());
  for (const one of data?.items ?? []) seen.set(one.value, one.label);
  const nameOf = (one: string) => {
    const known = words.label(of, one);
    return known === one ? (seen.get(one) ?? one) : known;
  };
  const offered = choices ?? (data?.items ?? []).map((one) => one.value);
  // Only when it is sure that there is nothing like it: Enter would take «mad» for Madrid's own name.
  const unheard =
    choices === null && !ids(of) && typed.trim() !== '' && search === typed.trim() && !isPlaceholderData && data?.items.length === 0;
  const options = [...new Set([...value, ...offered, ...(unheard ? [typed.trim()] : [])])];
  const fits = (label: string) => fold(label).includes(fold(typed.trim()));
  return (
    <MultiSelect
      aria-label={label}
      data={options.map((one) => ({ value: one, label: nameOf(one) }))}
      value={value}
      onChange={(next) => {
        onChange(next);
        setTyped('');
      }}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      placeholder={value.length === 0 ? t('segments:builder.pick') : undefined}
      nothingFoundMessage={t('segments:builder.noOption')}
      filter={({ options: all, limit }) => all.filter((one) => 'label' in one && fits(one.label)).slice(0, limit)}
      limit={60}
      hidePickedOptions
      comboboxProps={{ withinPortal: true }}
      size="sm"
      miw={200}
      maw={420}
    />
  );
}

/** Values nobody could type. */
const ids = (of: string) =>
  ['source', 'score.needs_group', 'purchase.product', 'event.product', 'campaign.campaign', 'redemption.campaign'].includes(of);
