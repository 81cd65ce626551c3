import { Combobox, ScrollArea, useCombobox } from '@mantine/core';
import { fold } from '@vinculo/languages/api';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconChevronDown, IconX } from '../icons.ts';
import type { ListFilter } from './columns.ts';
import classes from './list.module.css';

const SEARCH_FROM = 10;

/** One filter: dashed while it asks for nothing; full, and with a way to take it out, when it does. */
export function FilterChip({
  filter,
  value,
  onChange,
  opened = false,
}: {
  filter: ListFilter;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** Begins open: it was just chosen from a menu. */
  opened?: boolean;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const long = filter.options.length > SEARCH_FROM;
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setTyped('');
    },
    onDropdownOpen: () => (long ? combobox.focusSearchInput() : combobox.focusTarget()),
  });
  // The menu it was chosen from gives the focus back to its button when it closes; the list of choices opens after that.
  useEffect(() => {
    if (!opened) return;
    const soon = setTimeout(() => combobox.openDropdown(), 50);
    return () => clearTimeout(soon);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [opened]);
  const chosen = filter.options.find((option) => option.value === value)?.label ?? value;
  const shown = filter.options.filter(({ label }) => fold(label).includes(fold(typed)));

  return (
    <span className={classes.asked} data-on={value === undefined ? undefined : true}>
      <Combobox
        store={combobox}
        width={240}
        position="bottom-start"
        withinPortal
        onOptionSubmit={(next) => {
          onChange(next === '' ? undefined : next);
          combobox.closeDropdown();
        }}
      >
        <Combobox.Target targetType="button">
          <button
            type="button"
            className={classes.chip}
            data-on={value === undefined ? undefined : true}
            onClick={() => combobox.toggleDropdown()}
          >
            <span>{chosen === undefined ? filter.label : `${filter.label}: ${chosen}`}</span>
            <IconChevronDown size={14} aria-hidden />
          </button>
        </Combobox.Target>
        <Combobox.Dropdown>
          {long && (
            <Combobox.Search
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                combobox.selectFirstOption();
              }}
              placeholder={t('common:search')}
              aria-label={t('shell:list.searchIn', { name: filter.label })}
            />
          )}
          <Combobox.Options aria-label={filter.label}>
            <ScrollArea.Autosize mah={280} type="auto">
              {value !== undefined && <Combobox.Option value="">{t('shell:list.any')}</Combobox.Option>}
              {shown.map((option) => (
                <Combobox.Option key={option.value} value={option.value} active={option.value === value} lang={filter.lang}>
                  {option.label}
                </Combobox.Option>
              ))}
              {shown.length === 0 && <Combobox.Empty>{t('shell:list.nothing')}</Combobox.Empty>}
            </ScrollArea.Autosize>
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {value !== undefined && (
        <button
          type="button"
          className={classes.remove}
          aria-label={t('shell:list.removeFilter', { name: filter.label })}
          title={t('shell:list.removeFilter', { name: filter.label })}
          onClick={() => onChange(undefined)}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
