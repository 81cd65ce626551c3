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
  /** Language of the choices, where they are the company's own words and not the reader's. */
  lang?: string;
  /** Seldom asked for: it waits under «Más filtros» until it is chosen or stands in the URL. */
  more?: boolean;
}

/** What stands in the URL of a list. */
export type ListWords = Record<string, string | number | undefined>;

export type Density = 'compact' | 'comfortable';
export const ROW_HEIGHT: Record<Density, number> = { compact: 36, comfortable: 48 };

/** The least the columns need; the rows and the header share it, so that their tracks come out alike. */
export const leastWidth = (columns: readonly { width?: number }[], selectable: boolean): number =>
  columns.reduce((sum, { width = 140 }) => sum + width, selectable ? 44 : 0);

/** The columns' tracks, the check box first when rows can be chosen. Words gain more from room than numbers do. */
export const tracks = (columns: readonly { width?: number; align?: 'right' }[], selectable: boolean): string =>
  `${selectable ? '44px ' : ''}${columns.map(({ width = 140, align }) => `minmax(${width}px, ${align ? width / 2 : width}fr)`).join(' ')}`;

/** Whether a cell shows anything; a card leaves the others out. */
export const shows = (content: ReactNode): boolean => content !== null && content !== undefined && content !== false && content !== '';
