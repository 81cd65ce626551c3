import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { Group, Select } from '../../ui/kit.ts';
import type { LifeCycleSearch } from './search.ts';

interface WhoseFilterProps {
  sources: { id: string; label: string }[];
  channels?: string[];
  provinces?: boolean;
}

/** Whose figures are shown; in the URL, so that a link shows the same. */
export function WhoseFilter({ sources, channels = [], provinces = false }: WhoseFilterProps) {
  const { t } = useTranslation();
  const [words, change] = useWords<LifeCycleSearch>();
  const known = useGet<{ items: { province: string }[] }>('/customers/provinces', {}, { enabled: provinces });
  const segments = useGet<{ items: { id: string; name: string }[] }>('/segments', { limit: 200 }, { enabled: provinces });
  const pick = (word: 'source' | 'channel' | 'province' | 'segment', data: { value: string; label: string }[]) =>
    data.length > 0 && (
      <Select
        key={word}
        size="xs"
        w={170}
        clearable
        searchable={data.length > 10}
        placeholder={t(`lifecycle:whose.${word}`)}
        aria-label={t(`lifecycle:whose.${word}`)}
        value={words[word] ?? null}
        onChange={(value) => change({ [word]: value ?? undefined }, { replace: true })}
        data={data}
      />
    );
  return (
    <Group gap="xs">
      {pick(
        'source',
        sources.map(({ id, label }) => ({ value: id, label })),
      )}
      {pick(
        'channel',
        channels.map((channel) => ({ value: channel, label: t(`customers:channel.${channel}`, { defaultValue: channel }) })),
      )}
      {provinces &&
        pick(
          'province',
          (known.data?.items ?? []).map(({ province }) => ({ value: province, label: province })),
        )}
      {provinces &&
        pick(
          'segment',
          (segments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        )}
    </Group>
  );
}
