import { Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Icon } from './icons.ts';
import { Page } from './page.tsx';
import classes from './page.module.css';

export interface RecordTab {
  id: string;
  label: string;
  icon?: Icon;
  /** Beside the label: how many. */
  count?: ReactNode;
  /** Drawn, and so loaded, only while the tab is open. */
  content: () => ReactNode;
}

interface RecordPageProps {
  /** Who or what it is. */
  title: string;
  aside?: ReactNode;
  actions?: ReactNode;
  /** Left, sticky: who, three numbers that matter, what to do next, quick acts. */
  summary: ReactNode;
  tabs: RecordTab[];
  /** The open tab and how to change it: keep it in the URL (`useWords`). */
  tab: string;
  onTab: (tab: string) => void;
}

/** Shape 2: a summary that stays at the left, tabs at the right. */
export function RecordPage({ summary, tabs, tab, onTab, ...page }: RecordPageProps) {
  const bar = useRef<HTMLDivElement>(null);
  const open = tabs.some(({ id }) => id === tab) ? tab : (tabs[0]?.id ?? '');
  // On a telephone the bar of tabs is wider than the screen: the open one is brought into sight, also when a link opens it.
  useEffect(() => {
    bar.current?.querySelector(`[id$="-tab-${open}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [open]);
  return (
    <Page {...page}>
      <div className={classes.record}>
        <aside className={classes.summary} aria-label={page.title}>
          {summary}
        </aside>
        <Tabs className={classes.tabs!} value={open} onChange={(next) => next && onTab(next)} activateTabWithKeyboard={false}>
          <Tabs.List ref={bar} style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
            {tabs.map(({ id, label, icon: Picture, count }) => (
              <Tabs.Tab
                key={id}
                value={id}
                leftSection={Picture && <Picture size={16} aria-hidden />}
                rightSection={count}
                style={{ flex: 'none' }}
              >
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tabs.map(({ id, content }) => (
            <Tabs.Panel key={id} value={id} pt="lg">
              {id === open && content()}
            </Tabs.Panel>
          ))}
        </Tabs>
      </div>
    </Page>
  );
}
