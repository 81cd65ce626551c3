import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Definition } from './definition.tsx';
import { shows } from './list/columns.ts';
import { usePhone } from './screen-size.ts';
import classes from './simple-table.module.css';

export interface SimpleColumn<Row> {
  id: string;
  header: string;
  definition?: string;
  cell: (row: Row) => ReactNode;
  align?: 'right';
  /** Sentences: on a telephone they stand under their name, from the left. */
  prose?: true;
}

interface SimpleTableProps<Row> {
  /** For screen readers: what the table holds. */
  caption: string;
  columns: SimpleColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
}

/** A few rows that need no searching: inside a card or a tab. Long lists are ListPage. Cards on a telephone. */
export function SimpleTable<Row>({ caption, columns, rows, rowId }: SimpleTableProps<Row>) {
  const phone = usePhone();
  const [first, ...rest] = columns;
  if (phone) {
    return (
      <ul className={classes.list} aria-label={caption}>
        {rows.map((row) => (
          <li key={rowId(row)} className={classes.item}>
            <div className={classes.title}>{first?.cell(row)}</div>
            <dl className={classes.fields}>
              {rest.map(({ id, header, cell, prose }) => {
                const content = cell(row);
                return (
                  shows(content) && (
                    <div key={id} className={prose ? classes.prose! : classes.field!}>
                      <dt>{header}</dt>
                      <dd>{content}</dd>
                    </div>
                  )
                );
              })}
            </dl>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table aria-label={caption} className={classes.table!}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ id, header, definition, align }) => (
              <Table.Th key={id} className={`${classes.head} ${align ? classes.right : ''}`}>
                {definition ? <Definition of={definition}>{header}</Definition> : header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowId(row)}>
              {columns.map(({ id, cell, align }) => (
                <Table.Td key={id} className={align ? classes.right! : ''}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
