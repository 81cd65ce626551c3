import { ActionIcon, Button, Menu, Text, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback, useLocalStorage } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page as Rows } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../error-note.tsx';
import { useFormat } from '../format.ts';
import { IconColumns3, IconDownload, IconRowInsertBottom, IconSearch, IconX } from '../icons.ts';
import type { Target } from '../link.tsx';
import { useTitle } from '../page.tsx';
import { usePhone } from '../screen-size.ts';
import { RowSkeletons } from '../skeletons.tsx';
import type { Density, ListColumn, ListFilter, ListWords } from './columns.ts';
import { FilterBar } from './filter-bar.tsx';
import { ListCards } from './list-cards.tsx';
import { ListTable } from './list-table.tsx';
import classes from './list.module.css';
import { SavedViews } from './saved-views.tsx';

export interface ListPageProps<Row> {
  /** Name of the list: where its columns and saved views are kept. */
  screen: string;
  title: string;
  /** How many match; `exact: false` reads «más de». */
  count?: { count: number; exact: boolean } | undefined;
  /** At the right of the title, the main thing last. */
  actions?: ReactNode;
  columns: ListColumn<Row>[];
  rows: Rows<Row>;
  rowId: (row: Row) => string;
  /** For screen readers and the check box: the name of the row. */
  rowName: (row: Row) => string;
  /** Where a row leads; its first column becomes the link. */
  rowLink?: (row: Row) => Target;
  /** What stands in the URL and how to change it (`useWords`). */
  words: ListWords;
  onWords: (change: ListWords, options?: { replace?: boolean }) => void;
  /** With it there is a search box; it writes the word `search`. */
  searchPlaceholder?: string;
  filters?: ListFilter[];
  /** Filters of another kind beside the chips: a period. */
  moreFilters?: ReactNode;
  /** Saved views; needs the server's `/views`. */
  views?: boolean;
  /** Actions for the chosen rows; with it rows can be chosen. */
  bulk?: (ids: string[], clear: () => void) => ReactNode;
  /** A download in each format, for who has the permission. */
  download?: { permission: string; formats: ('csv' | 'jsonl' | 'parquet')[]; href: (format: string, columns: string[]) => string };
  /** Nothing here yet at all: teaches the next step. */
  empty: ReactNode;
  /** Above the table: a note, figures. */
  children?: ReactNode;
}

const NONE: Record<string, boolean> = {};

/** Shape 1: title and count, search, filters in the URL, saved views, columns, density, pages by cursor in a virtual table, cards on a telephone. */
export function ListPage<Row>(props: ListPageProps<Row>) {
  const { title, count, actions, columns, rows, words, onWords, searchPlaceholder, filters = [], empty, screen, rowId } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  useTitle(title);
  const [hidden, setHidden] = useLocalStorage<string[]>({
    key: `vinculo.columns.${screen}`,
    defaultValue: columns.filter((column) => column.hidden).map(({ id }) => id),
    getInitialValueInEffect: false,
  });
  const [density, setDensity] = useLocalStorage<Density>({
    key: 'vinculo.density',
    defaultValue: 'compact',
    getInitialValueInEffect: false,
  });
  // What was chosen may no longer be in the list that is asked for now.
  const question = JSON.stringify(words);
  const [choice, setChoice] = useState<{ question: string; chosen: Record<string, boolean> }>({ question, chosen: {} });
  const chosen = choice.question === question ? choice.chosen : NONE;
  const setChosen = (next: Record<string, boolean>) => setChoice({ question, chosen: next });
  const clear = () => setChosen({});
  const ids = Object.keys(chosen).filter((id) => chosen[id]);
  const shown = columns.filter(({ id }, index) => index === 0 || !hidden.includes(id));
  const asked = [...filters.map(({ word }) => word), 'search'].filter((word) => words[word] !== undefined && words[word] !== '');

  // Nothing at all yet: no columns to choose, nothing to take away.
  const barren = !rows.loading && !rows.error && rows.rows.length === 0 && asked.length === 0;

  const head = (
    <>
      <header className={classes.head}>
        <h1>{title}</h1>
        <Text size="sm" c="dimmed" className={classes.grow!} role="status">
          {count && t(count.exact ? 'shell:list.count' : 'shell:list.countMore', { count: count.count, shown: format.number(count.count) })}
        </Text>
        {actions}
      </header>
      <div className={classes.tools}>
        {searchPlaceholder && (
          <SearchBox
            value={String(words.search ?? '')}
            placeholder={searchPlaceholder}
            onSearch={(search) => onWords({ search: search || undefined }, { replace: true })}
          />
        )}
        {filters.length > 0 && <FilterBar filters={filters} words={words} onWords={onWords} asked={asked} />}
        {props.moreFilters}
        <div className={classes.aside}>
          {props.views && (
            <SavedViews
              screen={screen}
              words={words}
              onOpen={(view) => onWords({ ...Object.fromEntries(Object.keys(words).map((word) => [word, undefined])), ...view })}
            />
          )}
          {!phone && !barren && <ColumnChooser columns={columns} hidden={hidden} onHidden={setHidden} />}
          {!phone && !barren && (
            <Tooltip label={t(density === 'compact' ? 'shell:list.roomy' : 'shell:list.dense')}>
              <ActionIcon
                variant="default"
                size={32}
                aria-label={t(density === 'compact' ? 'shell:list.roomy' : 'shell:list.dense')}
                onClick={() => setDensity(density === 'compact' ? 'comfortable' : 'compact')}
              >
                <IconRowInsertBottom size={16} />
              </ActionIcon>
            </Tooltip>
          )}
          {props.download && !barren && <DownloadMenu {...props.download} columns={shown.map(({ id }) => id)} />}
        </div>
      </div>
      {props.children}
      {props.bulk && ids.length > 0 && (
        <div className={classes.selected} role="region" aria-label={t('shell:list.selection')}>
          <Text size="sm" fw={600}>
            {t('shell:list.selected', { count: ids.length })}
          </Text>
          {props.bulk(ids, clear)}
          <Button size="xs" variant="subtle" color="gray" onClick={clear}>
            {t('shell:list.unselect')}
          </Button>
        </div>
      )}
    </>
  );

  const nothing = rows.error ? (
    <ErrorNote error={rows.error} retry={rows.retry} />
  ) : rows.loading ? (
    <div style={{ padding: 16 }}>
      <RowSkeletons rows={12} />
    </div>
  ) : rows.rows.length === 0 ? (
    asked.length > 0 ? (
      <Nothing onClear={() => onWords(Object.fromEntries(asked.map((word) => [word, undefined])))} />
    ) : (
      empty
    )
  ) : null;

  const view = { ...props, columns: shown, chosen, onChosen: setChosen, selectable: props.bulk !== undefined, rowId };
  if (phone) return <ListCards {...view} head={head} nothing={nothing} />;
  return (
    <div className={classes.page}>
      {head}
      {barren ? nothing : nothing ? <div className={classes.scroller}>{nothing}</div> : <ListTable {...view} density={density} />}
    </div>
  );
}

function SearchBox({ value, placeholder, onSearch }: { value: string; placeholder: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const said = useRef(value);
  const search = useDebouncedCallback((text: string) => {
    said.current = text;
    onSearch(text);
  }, 200);
  // Only a change from outside (back, a saved view, no filters) moves what is typed.
  useEffect(() => {
    if (value !== said.current) {
      said.current = value;
      setTyped(value);
    }
  }, [value]);
  return (
    <TextInput
      className={classes.search!}
      type="search"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value.trim());
      }}
      placeholder={placeholder}
      aria-label={placeholder}
      leftSection={<IconSearch size={16} />}
      rightSection={
        typed && (
          <ActionIcon
            variant="transparent"
            color="gray"
            aria-label={t('shell:list.clearSearch')}
            onClick={() => {
              setTyped('');
              said.current = '';
              onSearch('');
            }}
          >
            <IconX size={14} />
          </ActionIcon>
        )
      }
    />
  );
}

function ColumnChooser<Row>({
  columns,
  hidden,
  onHidden,
}: {
  columns: ListColumn<Row>[];
  hidden: string[];
  onHidden: (hidden: string[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Tooltip label={t('shell:list.columns')}>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('shell:list.columns')}>
            <IconColumns3 size={16} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>{t('shell:list.columns')}</Menu.Label>
        {columns.slice(1).map(({ id, header }) => (
          <Menu.CheckboxItem
            key={id}
            checked={!hidden.includes(id)}
            onChange={(on) => onHidden(on ? hidden.filter((one) => one !== id) : [...hidden, id])}
          >
            {header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function DownloadMenu({ permission, formats, href, columns }: NonNullable<ListPageProps<never>['download']> & { columns: string[] }) {
  const { t } = useTranslation();
  if (!useCan()(permission)) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />}>
          {t('common:export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} component="a" href={href(format, columns)} download>
            {t(`shell:list.format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Nothing({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.end} style={{ paddingBlock: 48 }}>
      <Text size="sm">{t('shell:list.noMatch')}</Text>
      <Button variant="subtle" mt="sm" onClick={onClear}>
        {t('common:clear')}
      </Button>
    </div>
  );
}
