// Lists of choices that are searched by typing: Enter takes what fits.
import {
  type ComboboxItem,
  type ComboboxParsedItem,
  defaultOptionsFilter,
  getParsedComboboxData,
  MultiSelect as KitMultiSelect,
  type MultiSelectProps,
  type OptionsFilter,
  Select as KitSelect,
  type SelectProps,
} from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';

interface LookedUp {
  /** The choices come from elsewhere as one types, and for a moment are those of what was typed before: only a marked one is taken. */
  lookedUp?: boolean;
}

const flat = (data: ComboboxParsedItem[]): ComboboxItem[] => data.flatMap((one) => ('group' in one ? one.items : [one]));
const itemsOf = (data: SelectProps['data']) => getParsedComboboxData<string>(data);
const labelOf = (data: SelectProps['data'], value: string | null | undefined) =>
  flat(itemsOf(data)).find((one) => one.value === value)?.label ?? '';

/** Not while a letter is being composed. */
const isEnter = ({ key, nativeEvent }: KeyboardEvent) => key === 'Enter' && !nativeEvent.isComposing;

/**
 * What Enter takes of what was typed: the choice marked in the list, or the first that fits. Left to itself Enter would send the form
 * around it with the choice before, and whoever types fast is done before the list is there with one marked.
 */
function taken(
  event: KeyboardEvent<HTMLInputElement>,
  options: ComboboxParsedItem[],
  { filter = defaultOptionsFilter as OptionsFilter, limit = Infinity, lookedUp }: Pick<SelectProps, 'filter' | 'limit'> & LookedUp,
): ComboboxItem | undefined {
  event.preventDefault();
  event.stopPropagation();
  const fitting = flat(filter({ options, search: event.currentTarget.value, limit })).filter(({ disabled }) => !disabled);
  const list = document.getElementById(event.currentTarget.getAttribute('aria-controls') ?? '');
  const marked = list?.querySelector('[data-combobox-selected]')?.getAttribute('value');
  // A mark may still be of the list before.
  return fitting.find(({ value }) => value === marked) ?? (lookedUp ? undefined : fitting[0]);
}

/** What is typed in the list's field, told to whoever looks choices up by it. */
function useTyped(first: () => string, told: ((text: string) => void) | undefined) {
  const [typed, setTyped] = useState(first);
  const search = (text: string) => {
    setTyped(text);
    told?.(text);
  };
  return { typed, search };
}

function SearchedSelect({ lookedUp = false, onSearchChange, onDropdownOpen, onDropdownClose, ...props }: SelectProps & LookedUp) {
  const { data, value, onChange } = props;
  const { typed, search } = useTyped(() => labelOf(data, value), onSearchChange);
  const [opened, setOpened] = useState(false);
  return (
    <KitSelect
      searchValue={typed}
      {...props}
      onSearchChange={search}
      dropdownOpened={opened}
      onDropdownOpen={() => {
        setOpened(true);
        onDropdownOpen?.();
      }}
      onDropdownClose={() => {
        setOpened(false);
        onDropdownClose?.();
      }}
      onKeyDownCapture={(event) => {
        const text = event.currentTarget.value;
        if (!isEnter(event) || text.trim() === '' || text === labelOf(data, value)) return;
        const chosen = taken(event, itemsOf(data), { ...props, lookedUp });
        if (!chosen) return;
        setOpened(false);
        search(chosen.label);
        if (chosen.value !== value) onChange?.(chosen.value, chosen);
      }}
    />
  );
}

function SearchedMultiSelect({ lookedUp = false, onSearchChange, ...props }: MultiSelectProps & LookedUp) {
  const { data, value = [], onChange } = props;
  const { typed, search } = useTyped(() => '', onSearchChange);
  return (
    <KitMultiSelect
      searchValue={typed}
      {...props}
      onSearchChange={search}
      onKeyDownCapture={(event) => {
        if (!isEnter(event) || event.currentTarget.value.trim() === '') return;
        const left = flat(itemsOf(data)).filter((one) => !value.includes(one.value));
        const chosen = taken(event, left, { ...props, lookedUp });
        if (!chosen) return;
        search('');
        onChange?.([...value, chosen.value]);
      }}
    />
  );
}

/** A choice out of a list. */
export const Select = ({ lookedUp = false, ...props }: SelectProps & LookedUp) =>
  props.searchable ? <SearchedSelect lookedUp={lookedUp} {...props} /> : <KitSelect {...props} />;

/** Choices out of a list. */
export const MultiSelect = ({ lookedUp = false, ...props }: MultiSelectProps & LookedUp) =>
  props.searchable ? <SearchedMultiSelect lookedUp={lookedUp} {...props} /> : <KitMultiSelect {...props} />;
