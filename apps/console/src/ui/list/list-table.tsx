import { Checkbox } from '@mantine/core';
import {
  type ColumnDef,
  columnVisibilityFeature,
  type Row as TableRow,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Definition } from '../definition.tsx';
import { IconArrowDown, IconArrowUp } from '../icons.ts';
import { Link, useGo } from '../link.tsx';
import { type Density, type ListColumn, leastWidth, ROW_HEIGHT, tracks } from './columns.ts';
import classes from './list.module.css';
import type { ListPageProps } from './list-page.tsx';

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const FETCH_BEFORE_END = 20;

export interface ListView<Row> extends Pick<ListPageProps<Row>, 'title' | 'rows' | 'rowId' | 'rowName' | 'rowLink' | 'words' | 'onWords'> {
  columns: ListColumn<Row>[];
  selectable: boolean;
  chosen: Record<string, boolean>;
  onChosen: (chosen: Record<string, boolean>) => void;
}

/** The virtual table: only the rows in sight are drawn, pages are fetched as the end comes near. */
export function ListTable<Row>({
  title,
  rows,
  rowId,
  rowName,
  rowLink,
  words,
  onWords,
  columns,
  selectable,
  chosen,
  onChosen,
  density,
}: ListView<Row> & { density: Density }) {
  const { t } = useTranslation();
  const go = useGo();
  const scroller = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const definitions = useMemo(() => columns.map(({ id, header }): ColumnDef<typeof features, Row & object> => ({ id, header })), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows.rows as (Row & object)[],
    getRowId: (row) => rowId(row),
    enableRowSelection: selectable,
    state: { rowSelection: chosen as Record<string, true> },
    onRowSelectionChange: (next) => onChosen(typeof next === 'function' ? next(chosen as Record<string, true>) : next),
  });
  const model = table.getRowModel().rows;
  const height = ROW_HEIGHT[density];
  // The virtualiser changes what it returns in place; this project does not use the compiler that would mind.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: 0,
  });
  useEffect(() => virtual.measure(), [virtual, height]);

  const inSight = virtual.getVirtualItems();
  const lastInSight = inSight.at(-1)?.index ?? 0;
  const { more, fetchMore } = rows;
  useEffect(() => {
    if (more && lastInSight >= model.length - FETCH_BEFORE_END) fetchMore();
  }, [more, fetchMore, lastInSight, model.length]);

  const least = leastWidth(columns, selectable);
  const template = { gridTemplateColumns: tracks(columns, selectable) };
  const open = (event: MouseEvent<HTMLElement>, row: Row) => {
    // A press on something inside the row, or the end of marking text to copy it, is not a press on the row.
    if (!rowLink || (event.target as HTMLElement).closest('a,button,input,label,[role=term]') || getSelection()?.toString()) return;
    const { to, params, search } = rowLink(row);
    void go({ to, params, search });
  };
  const all = model.length > 0 && model.every(({ id }) => chosen[id]);
  const some = model.some(({ id }) => chosen[id]);

  return (
    <div
      ref={scroller}
      className={`${classes.scroller} ${rows.stale ? classes.stale : ''}`}
      role="grid"
      aria-label={title}
      aria-rowcount={rows.more ? -1 : model.length + 1}
      aria-busy={rows.stale}
      tabIndex={0}
      onKeyDown={walk}
    >
      <div role="rowgroup" style={{ position: 'sticky', top: 0, zIndex: 2, minWidth: least }}>
        <div role="row" aria-rowindex={1} className={`${classes.row} ${classes.header}`} style={template}>
          {selectable && (
            <div role="columnheader" className={classes.check}>
              <Checkbox
                size="xs"
                checked={all}
                indeterminate={some && !all}
                onChange={() => onChosen(all ? {} : Object.fromEntries(model.map(({ id }) => [id, true])))}
                aria-label={t('shell:list.selectAll')}
              />
            </div>
          )}
          {columns.map((column) => (
            <HeaderCell
              key={column.id}
              column={column}
              sort={words.sort === undefined ? undefined : String(words.sort)}
              onSort={(sort) => onWords({ sort })}
            />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize(), minWidth: least }}>
        {inSight.map((item) => {
          const row = model[item.index] as TableRow<typeof features, Row & object> | undefined;
          if (!row) return null;
          const name = rowName(row.original);
          return (
            <div key={row.id} role="presentation" className={classes.item} style={{ height, transform: `translateY(${item.start}px)` }}>
              {/* The keyboard opens a row by the link in its first column. */}
              {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
              <div
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={selectable ? Boolean(chosen[row.id]) : undefined}
                className={classes.row}
                style={template}
                data-link={rowLink ? true : undefined}
                onClick={(event) => open(event, row.original)}
              >
                {selectable && (
                  <div role="gridcell" className={classes.check}>
                    <Checkbox
                      size="xs"
                      checked={Boolean(chosen[row.id])}
                      onChange={() => row.toggleSelected()}
                      aria-label={t('shell:list.select', { name })}
                    />
                  </div>
                )}
                {row.getVisibleCells().map(({ id, column: { id: columnId } }, index) => {
                  const column = byId.get(columnId)!;
                  const content = column.cell(row.original);
                  return (
                    <div key={id} role="gridcell" className={`${classes.cell} ${column.align ? classes.right : ''}`}>
                      {index === 0 && rowLink ? (
                        <Link {...rowLink(row.original)} c="inherit" fw={500} data-row-link>
                          {content}
                        </Link>
                      ) : (
                        content
                      )}
                    </div>
                  );
                })}
              </div>
            </div>
          );
        })}
      </div>
      {rows.fetchingMore && <div className={classes.end}>{t('common:loading')}</div>}
    </div>
  );
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: ListColumn<Row>;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const words = column.definition ? <Definition of={column.definition}>{column.header}</Definition> : column.header;
  const sorted = column.sort !== undefined && sort === column.sort;
  const down = column.sort?.startsWith('-');
  return (
    <div
      role="columnheader"
      aria-sort={sorted ? (down ? 'descending' : 'ascending') : undefined}
      className={`${classes.cell} ${classes.headCell} ${column.align ? classes.right : ''}`}
    >
      {column.sort === undefined ? (
        words
      ) : (
        <>
          {column.definition && words}
          <button
            type="button"
            className={classes.sort}
            onClick={() => onSort(sorted ? undefined : column.sort)}
            aria-label={t('shell:list.sortBy', { name: column.header })}
          >
            {!column.definition && column.header}
            {down ? (
              <IconArrowDown size={14} opacity={sorted ? 1 : 0.35} aria-hidden />
            ) : (
              <IconArrowUp size={14} opacity={sorted ? 1 : 0.35} aria-hidden />
            )}
          </button>
        </>
      )}
    </div>
  );
}

/** Arrow keys walk from row to row; the table itself takes the first press. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at === -1 ? 0 : at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}
