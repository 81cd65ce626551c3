import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconFilter, IconX } from '../icons.ts';
import type { ListFilter, ListWords } from './columns.ts';
import { FilterChip } from './filter-chip.tsx';
import classes from './list.module.css';

interface FilterBarProps {
  filters: ListFilter[];
  words: ListWords;
  onWords: (change: ListWords) => void;
  /** The words that ask for something now, the search among them. */
  asked: string[];
}

/** The filters as chips: the usual ones, those in force, and the rest in a menu. */
export function FilterBar({ filters, words, onWords, asked }: FilterBarProps) {
  const { t } = useTranslation();
  const [taken, setTaken] = useState<string[]>([]);
  const inForce = ({ word }: ListFilter) => words[word] !== undefined && words[word] !== '';
  const shown = filters.filter((filter) => !filter.more || inForce(filter) || taken.includes(filter.word));
  const rest = filters.filter((filter) => !shown.includes(filter));
  return (
    <div className={classes.chips}>
      {shown.map((filter) => (
        <FilterChip
          key={filter.word}
          filter={filter}
          value={inForce(filter) ? String(words[filter.word]) : undefined}
          opened={taken.at(-1) === filter.word && !inForce(filter)}
          onChange={(value) => onWords({ [filter.word]: value })}
        />
      ))}
      {rest.length > 0 && (
        <Menu position="bottom-start" returnFocus={false}>
          <Menu.Target>
            <Button variant="subtle" color="gray" size="xs" leftSection={<IconFilter size={14} />} style={{ flex: 'none' }}>
              {t('shell:list.moreFilters')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map(({ word, label }) => (
              <Menu.Item key={word} onClick={() => setTaken([...taken, word])}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked.length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconX size={14} />}
          style={{ flex: 'none' }}
          onClick={() => {
            setTaken([]);
            onWords(Object.fromEntries(asked.map((word) => [word, undefined])));
          }}
        >
          {t('common:clear')}
        </Button>
      )}
    </div>
  );
}
