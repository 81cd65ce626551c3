import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ApiError, call } from '../../api/client.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Code, Stack, Text, useDebouncedValue } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import type { Draft } from './draft.ts';
import type { HandBackPreview } from './schemas.ts';

/** How many customers would go, and the first of them as they would. */
export function ListPreview({ draft: { list, fields } }: { draft: Draft }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asked] = useDebouncedValue({ list, fields }, 300);
  const ready = asked.list.kind === 'filter' || asked.list.id !== '';
  const { data, error } = useQuery<HandBackPreview, ApiError>({
    queryKey: ['/hand-backs/preview', asked],
    queryFn: ({ signal }) => call<HandBackPreview>({ method: 'POST', path: '/hand-backs/preview', body: asked, signal }),
    enabled: ready,
    retry: false,
    placeholderData: (before) => before,
  });
  if (!ready) return <Text size="sm">{t('handback:preview.choose')}</Text>;
  if (error) return <ErrorNote error={error} />;
  if (!data) return <BlockSkeleton height={160} />;
  const first = data.rows[0];
  return (
    <Stack gap="sm">
      <Text fw={600}>
        {t(data.exact ? 'handback:preview.count' : 'handback:preview.countMore', { count: data.count, shown: format.number(data.count) })}
      </Text>
      {first && (
        <>
          <Text size="xs" c="dimmed">
            {t('handback:preview.first')}
          </Text>
          <Code block tabIndex={0} lang="zxx" aria-label={t('handback:preview.first')}>
            {data.columns.map((column, n) => `${column}: ${first[n] ?? ''}`).join('\n')}
          </Code>
        </>
      )}
    </Stack>
  );
}
