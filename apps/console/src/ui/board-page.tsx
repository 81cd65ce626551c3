import { Text } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import { Definition } from './definition.tsx';
import { Page } from './page.tsx';
import classes from './page.module.css';

interface BoardPageProps {
  title: string;
  aside?: ReactNode;
  actions?: ReactNode;
  /** Cards. */
  children: ReactNode;
}

/** Shape 4: cards on a grid of twelve. Every number in them opens the list behind it. */
export function BoardPage({ children, ...page }: BoardPageProps) {
  return (
    <Page {...page}>
      <div className={classes.board}>{children}</div>
    </Page>
  );
}

/** Cards one under another beside other such columns; a telephone shows one column after the other. */
export function CardColumn({ span, children }: { span: CardProps['span']; children: ReactNode }) {
  return (
    <div className={classes.column} style={{ '--span': span } as CSSProperties}>
      {children}
    </div>
  );
}

interface CardProps {
  title: string;
  definition?: string;
  /** Twelfths of the width on a desk; a telephone shows one card a row. */
  span?: 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12;
  /** Beside the title: a Why, a period, a link to the whole. */
  aside?: ReactNode;
  /** Under the title, in a sentence: what to see here. */
  lead?: ReactNode;
  children: ReactNode;
}

export function Card({ title, definition, span = 6, aside, lead, children }: CardProps) {
  return (
    <section className={classes.card} style={{ '--span': span } as CSSProperties} aria-label={title}>
      <div>
        <div className={classes.cardHead}>
          <h2>{definition ? <Definition of={definition}>{title}</Definition> : title}</h2>
          <div className={classes.grow} />
          {aside}
        </div>
        {lead && (
          <Text size="sm" c="dimmed" component="div">
            {lead}
          </Text>
        )}
      </div>
      {children}
    </section>
  );
}
