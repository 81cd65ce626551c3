import type { LifeCycleSummary } from '@vinculo/insight/api/life-cycle';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconAdjustmentsHorizontal, IconFileImport, IconRefresh } from '../../ui/icons.ts';
import { Tabs, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { FunnelTab } from '../funnel/funnel-tab.tsx';
import { CohortsTab } from './cohorts-tab.tsx';
import { CycleTab } from './cycle-tab.tsx';
import { RiskTab } from './risk-tab.tsx';
import { type LifeCycleSearch, type Tab, TABS } from './search.ts';
import classes from './life-cycle.module.css';

export type Summary = z.infer<typeof LifeCycleSummary>;

/** Where customers stand, how they come to be customers, what becomes of them, and who is about to leave. */
export default function LifeCycle() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [words, change] = useWords<LifeCycleSearch>();
  const { data, error, refetch } = useGet<Summary | null>('/life-cycle');
  const tab = words.tab ?? 'cycle';
  const panel = (name: Tab) =>
    name === 'funnel' ? (
      <FunnelTab />
    ) : data === undefined ? (
      <BlockSkeleton height={480} />
    ) : data === null ? (
      <NotYet />
    ) : name === 'cycle' ? (
      <CycleTab summary={data} />
    ) : name === 'cohorts' ? (
      <CohortsTab />
    ) : (
      <RiskTab summary={data} />
    );
  return (
    <Page
      title={t('nav:lifeCycle')}
      aside={
        data && (
          <Text size="sm" c="dimmed" title={format.dateTime(data.computedAt)}>
            {t('lifecycle:asOf', { day: format.date(`${data.asOf}T12:00:00Z`) })}
          </Text>
        )
      }
      actions={
        can('value.read') && (
          <LinkButton to="/life-cycle/rules" variant="default" leftSection={<IconAdjustmentsHorizontal size={16} />}>
            {t('lifecycle:rules.open')}
          </LinkButton>
        )
      }
    >
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          change({ tab: next === 'cycle' ? undefined : (next as Tab), source: undefined, channel: undefined, stage: undefined })
        }
      >
        <Tabs.List mb="md" className={classes.tabs!}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`lifecycle:tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((name) => (
          <Tabs.Panel key={name} value={name}>
            {error ? <ErrorNote error={error} retry={() => void refetch()} /> : panel(name)}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

function NotYet() {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <EmptyState
      icon={IconRefresh}
      title={t('lifecycle:empty.title')}
      action={
        can('import.run') && (
          <LinkButton to="/imports/new" leftSection={<IconFileImport size={16} />}>
            {t('sources:load')}
          </LinkButton>
        )
      }
    >
      {t('lifecycle:empty.text')}
    </EmptyState>
  );
}
