import type { SearchHit } from '@vinculo/customer-file/api/customers';
import type { KeyboardEvent } from 'react';
import type { z } from 'zod';
import classes from './customer-hits.module.css';

export type Hit = z.infer<typeof SearchHit>;

interface CustomerHitsProps {
  /** Of the box they are found for: see {@link hitsOf}. */
  id: string;
  label: string;
  hits: readonly Hit[];
  /** The one Enter takes. */
  at: number;
  onPoint: (at: number) => void;
  onPick: (hit: Hit) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** The customers found for what is typed in a box above: arrows and mouse point at one, Enter and a click take it. */
export function CustomerHits({ id, label, hits, at, onPoint, onPick, onKeyDown }: CustomerHitsProps) {
  if (hits.length === 0) return null;
  return (
    <div id={`${id}-hits`} role="listbox" aria-label={label} className={classes.hits}>
      {hits.map((hit, n) => (
        <div
          key={hit.id}
          id={`${id}-${n}`}
          role="option"
          aria-selected={n === at}
          tabIndex={-1}
          className={classes.hit}
          onClick={() => onPick(hit)}
          onKeyDown={onKeyDown}
          onMouseMove={() => onPoint(n)}
        >
          {hit.name}
          <small>{hit.detail}</small>
        </div>
      ))}
    </div>
  );
}

/** What makes a text box the box of such a list (WAI-ARIA, combobox pattern). */
export const hitsOf = (id: string, hits: readonly Hit[], at: number) => ({
  role: 'combobox',
  'aria-expanded': hits.length > 0,
  'aria-controls': `${id}-hits`,
  'aria-autocomplete': 'list' as const,
  ...(hits[at] ? { 'aria-activedescendant': `${id}-${at}` } : {}),
});

/** Where an arrow leads; undefined for another key. */
export function pointed(event: KeyboardEvent, at: number, hits: readonly Hit[]): number | undefined {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return undefined;
  event.preventDefault();
  return Math.max(0, Math.min(hits.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)));
}
