import { Group, SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

function Waiting({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common:loading')} aria-busy="true">
      {children}
    </div>
  );
}

/** Rows that are on their way. */
export function RowSkeletons({ rows = 8, height = 20 }: { rows?: number; height?: number }) {
  return (
    <Waiting>
      <Stack gap="md">
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={height} width={`${96 - ((row * 7) % 25)}%`} />
        ))}
      </Stack>
    </Waiting>
  );
}

/** Figures that are on their way. */
export function FigureSkeletons({ figures = 4 }: { figures?: number }) {
  return (
    <Waiting>
      <SimpleGrid cols={{ base: 2, sm: figures }}>
        {Array.from({ length: figures }, (_, figure) => (
          <Stack key={figure} gap="sm">
            <Skeleton height={12} width="60%" />
            <Skeleton height={28} width="80%" />
          </Stack>
        ))}
      </SimpleGrid>
    </Waiting>
  );
}

/** A chart or a picture that is on its way. */
export function BlockSkeleton({ height = 220 }: { height?: number }) {
  return (
    <Waiting>
      <Skeleton height={height} />
    </Waiting>
  );
}

/** The summary of a record that is on its way. */
export function SummarySkeleton() {
  return (
    <Waiting>
      <Stack gap="md">
        <Group>
          <Skeleton height={40} circle />
          <Skeleton height={20} width={160} />
        </Group>
        <Skeleton height={14} width="70%" />
        <Skeleton height={14} width="60%" />
        <SimpleGrid cols={3}>
          <Skeleton height={40} />
          <Skeleton height={40} />
          <Skeleton height={40} />
        </SimpleGrid>
      </Stack>
    </Waiting>
  );
}
