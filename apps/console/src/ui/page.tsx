import { type ReactNode, useEffect } from 'react';
import classes from './page.module.css';

interface PageProps {
  title: string;
  /** Beside the title: a count, a state. */
  aside?: ReactNode;
  /** At the right: what can be done here, the main thing last. */
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}

/** What every shape of page shares: the title (also the browser's), its actions, the scrolling. Screens use a shape, not this. */
export function Page({ title, aside, actions, narrow, children }: PageProps) {
  useTitle(title);
  return (
    <div className={classes.page} data-scroll-restoration-id="page">
      <div className={`${classes.inner} ${narrow ? classes.narrow : ''}`}>
        <header className={classes.head}>
          <h1>{title}</h1>
          <div className={classes.grow}>{aside}</div>
          {actions}
        </header>
        {children}
      </div>
    </div>
  );
}

/** The title of the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Vínculo`;
  }, [title]);
}
