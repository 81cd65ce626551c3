import type { ReactNode } from 'react';

export interface ListColumn<Row> {
  id: string;
  header: string;
  /** What the number means, on hover of the header. */
  definition?: string;
  cell: (row: Row) => ReactNode;
  /** Pixels it takes at least; it grows with the room there is. Default 140. */
  width?: number;
  /** Numbers and dates go right. */
  align?: 'right';
  /** Not shown until chosen. */
  hidden?: boolean;
  /** The `sort` word of the URL that sorts by it: `name`, `-revenue` (a minus is downwards). */
  sort?: string;
  /** Has its own buttons or links: on a card they lie over the link of the whole card. */
  interactive?: boolean;
}

export interface ListFilter {
  /** Word of the URL and of the API. */
  word: string;
  label: string;
  options: { value: string; label: string }[];
}

/** What stands in the URL of a list. */
export type ListWords = Record<string, string | number | undefined>;

export type Density = 'compact' | 'comfortable';
export const ROW_HEIGHT: Record<Density, number> = { compact: 36, comfortable: 48 };

/** The columns' tracks, the check box first when rows can be chosen. */
export const tracks = (columns: readonly { width?: number; align?: 'right' }[], selectable: boolean): string =>
  `${selectable ? '44px ' : ''}${columns.map(({ width = 140, align }) => `minmax(${width}px, ${align ? width : width * 1.6}fr)`).join(' ')}`;
