import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconActivity, IconCheck, IconKey, IconPlugConnected, IconSettings } from '../../ui/icons.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group, Loader, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordPage } from '../../ui/record-page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { useSources } from '../sources/use-sources.ts';
import { Install } from './install.tsx';
import { Keys } from './keys.tsx';
import type { Figures, Key } from './schemas.ts';
import type { SourceEventsSearch } from './search.ts';
import { Treat } from './treat.tsx';

/** How a source sends events: its keys, how it is installed, how its visitors are treated, and whether anything comes. */
export default function SourceEvents() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const [words, change] = useWords<SourceEventsSearch>();
  const sources = useSources();
  const keys = useGet<{ items: Key[] }>(`/sources/${id}/write-keys`, {}, { every: 10_000 });
  const source = sources.data?.items.find((one) => one.id === id);
  const error = keys.error ?? sources.error;
  if (error && !keys.data) return <ErrorNote error={error} retry={() => void keys.refetch()} />;
  if (!keys.data || !sources.data)
    return (
      <Page title="">
        <BlockSkeleton height={480} />
      </Page>
    );
  const all = keys.data.items;
  return (
    <RecordPage
      title={t('events:source.title', { name: source?.label ?? t('common:unknown') })}
      actions={
        <LinkButton to="/events" search={{ source: id }} variant="default" leftSection={<IconActivity size={16} />}>
          {t('events:source.live')}
        </LinkButton>
      }
      summary={<Coming source={id} keys={all} />}
      tab={words.tab ?? (all.length > 0 ? 'install' : 'keys')}
      onTab={(tab) => change({ tab: tab as SourceEventsSearch['tab'] })}
      tabs={[
        {
          id: 'install',
          label: t('events:source.install'),
          icon: IconPlugConnected,
          content: () => <Install source={id} keys={all} onKeys={() => change({ tab: 'keys', create: 'yes' })} />,
        },
        { id: 'keys', label: t('events:source.keys'), icon: IconKey, content: () => <Keys source={id} keys={all} /> },
        { id: 'treat', label: t('events:source.treat'), icon: IconSettings, content: () => <Treat source={id} /> },
      ]}
    />
  );
}

/** What comes; while nothing ever came, that it is awaited: it changes by itself when the first event is there. */
function Coming({ source, keys }: { source: string; keys: readonly Key[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useGet<Figures>('/events/figures', {}, { every: 2_000, staleTime: 0 });
  const of = data?.sources.find(({ sourceId }) => sourceId === source);
  const used = keys
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .toSorted()
    .at(-1);
  const lastAt = of?.lastAt ?? used;
  if (!data) return <BlockSkeleton height={180} />;
  return (
    <Stack gap="md">
      <Group gap="sm" wrap="nowrap" role="status">
        {lastAt ? (
          <>
            <IconCheck size={20} color="var(--v-better)" aria-hidden />
            <div>
              <Text size="sm" fw={600}>
                {t('events:source.receiving')}
              </Text>
              <Text size="xs" c="dimmed" title={format.dateTime(lastAt)}>
                {t('events:source.last', { when: format.relative(lastAt) })}
              </Text>
            </div>
          </>
        ) : keys.length === 0 ? (
          <Text size="sm">{t('events:source.noKey')}</Text>
        ) : (
          <>
            <Loader size="sm" aria-hidden />
            <div>
              <Text size="sm" fw={600}>
                {t('events:source.waiting')}
              </Text>
              <Text size="xs" c="dimmed">
                {t('events:source.waitingText')}
              </Text>
            </div>
          </>
        )}
      </Group>
      <Figure
        label={t('events:figure.minute')}
        value={format.number(of?.minute ?? 0)}
        definition={t('events:figure.minuteHelp')}
        to={{ to: '/events', search: { source } }}
      />
      <Figure label={t('events:figure.hour')} value={format.number(of?.hour ?? 0)} to={{ to: '/events', search: { source } }} />
      <Figure
        label={t('events:figure.rejected')}
        value={format.number(of?.rejected ?? 0)}
        to={{ to: '/events/rejected', search: { source } }}
      />
    </Stack>
  );
}
