import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { Radio, Select, Stack, Text } from '../../ui/kit.ts';
import type { Draft } from './draft.ts';

const KINDS = ['person', 'company'] as const;
const TIERS = ['yes', 'no'] as const;

interface View {
  id: string;
  name: string;
  query: Record<string, string>;
}

/** Everybody, a saved view of the list of customers, or a segment. */
export function StepWho({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  const { list } = draft;
  const segments = useGet<{ items: { id: string; name: string; kind: string }[] }>('/segments', { limit: 200 });
  const views = useGet<{ items: View[] }>('/views', { screen: 'customers' });
  const filter = list.kind === 'filter' ? list.filter : {};
  const own = (part: Record<string, string | undefined>) =>
    set({
      list: { kind: 'filter', filter: Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value)) as never },
    });
  return (
    <Stack gap="lg" maw={560}>
      <Radio.Group
        label={t('handback:who.label')}
        value={list.kind}
        onChange={(kind) => set({ list: kind === 'segment' ? { kind, id: '' } : { kind: 'filter', filter: {} } })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="filter" label={t('handback:who.filter')} description={t('handback:who.filterHelp')} />
          <Radio value="segment" label={t('handback:who.segment')} description={t('handback:who.segmentHelp')} />
        </Stack>
      </Radio.Group>
      {list.kind === 'segment' ? (
        <Select
          label={t('handback:who.choose')}
          searchable
          required
          value={list.id || null}
          onChange={(id) => id && set({ list: { kind: 'segment', id } })}
          data={(segments.data?.items ?? []).filter(({ kind }) => kind !== 'prospects').map(({ id, name }) => ({ value: id, label: name }))}
          nothingFoundMessage={t('handback:who.noSegments')}
        />
      ) : (
        <>
          {(views.data?.items.length ?? 0) > 0 && (
            <Select
              label={t('handback:who.view')}
              clearable
              clearButtonProps={{ 'aria-label': t('common:clear') }}
              placeholder={t('handback:who.noView')}
              value={null}
              onChange={(id) => {
                const view = views.data!.items.find((one) => one.id === id);
                const { sort: _, ...words } = view?.query ?? {};
                set({ list: { kind: 'filter', filter: words as never } });
              }}
              data={views.data!.items.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <Select
            label={t('handback:who.kind')}
            clearable
            clearButtonProps={{ 'aria-label': t('common:clear') }}
            placeholder={t('common:all')}
            value={filter.kind ?? null}
            onChange={(kind) => own({ kind: kind ?? undefined })}
            data={KINDS.map((kind) => ({ value: kind, label: t(`customers:kind.${kind}`) }))}
          />
          <Select
            label={t('handback:who.buyers')}
            clearable
            clearButtonProps={{ 'aria-label': t('common:clear') }}
            placeholder={t('common:all')}
            value={filter.buyers ?? null}
            onChange={(buyers) => own({ buyers: buyers ?? undefined })}
            data={TIERS.map((one) => ({ value: one, label: t(`common:${one}`) }))}
          />
          {Object.keys(filter).length > 0 && (
            <Text size="sm" c="dimmed">
              {t('handback:who.asked', { count: Object.keys(filter).length })}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}
