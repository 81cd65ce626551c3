import type { Preview } from '@vinculo/segments/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../../api/client.ts';
import type { ApiError } from '../../../api/problem.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Group, Paper, Stack, Text, useDebouncedValue } from '../../../ui/kit.ts';
import { Link } from '../../../ui/link.tsx';
import { BlockSkeleton } from '../../../ui/skeletons.tsx';
import type { Rule } from '../rule-shapes.ts';

/** How many the rule holds right now, and some of them, beside the rule as it is written. */
export function LivePanel({ rule, own, left }: { rule: Rule; own: string | undefined; left: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asked] = useDebouncedValue(JSON.stringify(rule), 250);
  const { data, error, isFetching, refetch } = useQuery<z.infer<typeof Preview>, ApiError>({
    queryKey: ['/segments/preview', asked, own],
    queryFn: ({ signal }) =>
      call({
        method: 'POST',
        path: '/segments/preview',
        body: { rule: JSON.parse(asked) as Rule, ...(own ? { segment: own } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  return (
    <Paper withBorder p="md" component="section" aria-label={t('segments:builder.live')}>
      <Stack gap="sm">
        <Text size="xs" c="dimmed">
          {t('segments:builder.live')}
        </Text>
        {error ? (
          <ErrorNote error={error} retry={() => void refetch()} />
        ) : !data ? (
          <BlockSkeleton height={160} />
        ) : (
          <>
            <Group gap="xs" align="baseline" role="status" aria-busy={isFetching} style={{ opacity: isFetching ? 0.6 : 1 }}>
              <Text size="xl" fw={600}>
                {format.number(data.count)}
              </Text>
              <Text size="sm">
                {t('segments:builder.count', { count: data.count })} · {t('segments:share', { share: format.percent(data.share) })}
              </Text>
            </Group>
            {data.revenue !== null && (
              <Figure
                label={t('segments:builder.brings')}
                value={format.moneyRound(data.revenue)}
                definition={t('segments:builder.bringsDefinition')}
              />
            )}
            {data.sample.length > 0 && (
              <div>
                <Text size="xs" c="dimmed" mb={4}>
                  {t('segments:builder.sample')}
                </Text>
                <Stack gap={2}>
                  {data.sample.map(({ id, name, city, revenue }) => (
                    <Group key={id} justify="space-between" wrap="nowrap" gap="xs">
                      <Link to="/customers/$id" params={{ id }} size="sm" truncate>
                        {name}
                      </Link>
                      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                        {revenue === null ? (city ?? '') : format.moneyRound(revenue)}
                      </Text>
                    </Group>
                  ))}
                </Stack>
              </div>
            )}
          </>
        )}
        {left > 0 && (
          <Text size="xs" c="dimmed">
            {t('segments:builder.unfinished', { count: left })}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
