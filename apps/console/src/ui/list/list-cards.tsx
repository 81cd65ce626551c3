import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from '../link.tsx';
import { shows } from './columns.ts';
import classes from './list.module.css';
import type { ListView } from './list-table.tsx';

/** The same list for a telephone: one card a row, the same fields in the same order. */
export function ListCards<Row>({
  title,
  rows,
  rowId,
  rowName,
  rowLink,
  columns,
  selectable,
  chosen,
  onChosen,
  head,
  nothing,
}: ListView<Row> & { head: ReactNode; nothing: ReactNode }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  // As in list-table.tsx.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 40 + (columns.length - 1) * 22,
    overscan: 6,
    scrollMargin: margin,
    getItemKey: (index) => rowId(rows.rows[index]!),
  });
  useEffect(() => setMargin(list.current?.offsetTop ?? 0), [nothing]);

  const inSight = virtual.getVirtualItems();
  const last = inSight.at(-1)?.index ?? 0;
  const { more, fetchMore } = rows;
  useEffect(() => {
    if (more && last >= rows.rows.length - 8) fetchMore();
  }, [more, fetchMore, last, rows.rows.length]);

  const [first, ...rest] = columns;
  return (
    <div ref={scroller} className={classes.cards} style={{ height: '100%', position: 'relative' }}>
      {head}
      {nothing ?? (
        <ul
          ref={list}
          aria-label={title}
          className={rows.stale ? classes.stale : undefined}
          style={{ position: 'relative', height: virtual.getTotalSize(), margin: 0, padding: 0, listStyle: 'none' }}
        >
          {inSight.map((item) => {
            const row = rows.rows[item.index]!;
            const id = rowId(row);
            return (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={classes.item}
                style={{ transform: `translateY(${item.start - margin}px)` }}
              >
                <div className={classes.card}>
                  <div style={{ display: 'flex', gap: 8 }}>
                    {selectable && (
                      <Checkbox
                        className={classes.over!}
                        size="sm"
                        checked={Boolean(chosen[id])}
                        onChange={() => onChosen({ ...chosen, [id]: !chosen[id] })}
                        aria-label={t('shell:list.select', { name: rowName(row) })}
                      />
                    )}
                    <div className={classes.cardTitle}>
                      {rowLink ? (
                        <Link {...rowLink(row)} c="inherit" fw={600}>
                          {first?.cell(row)}
                        </Link>
                      ) : (
                        first?.cell(row)
                      )}
                    </div>
                  </div>
                  <dl className={classes.fields}>
                    {rest.map((column) => {
                      const content = column.cell(row);
                      return (
                        shows(content) && (
                          <div key={column.id} style={{ display: 'contents' }}>
                            <dt>{column.header}</dt>
                            <dd className={column.interactive ? classes.over : undefined}>{content}</dd>
                          </div>
                        )
                      );
                    })}
                  </dl>
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {rows.fetchingMore && <div className={classes.end}>{t('common:loading')}</div>}
    </div>
  );
}
