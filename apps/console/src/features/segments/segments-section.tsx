import type { CustomerSegments } from '@vinculo/segments/api';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Group, Stack, Text, Title } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { WhyMembership } from './why-membership.tsx';

/** In a customer's profile: which segments and lists they are in, and why. */
export function SegmentsSection({ customerId, name }: { customerId: string; name: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<z.infer<typeof CustomerSegments>>(`/customers/${customerId}/segments`);
  return (
    <section aria-label={t('segments:section.title')}>
      <Title order={2} size="h4" mb="xs">
        {t('segments:section.title')}
      </Title>
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons rows={2} />
      ) : data.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('segments:section.none')}
        </Text>
      ) : (
        <Stack gap={6}>
          {data.items.map((segment) => (
            <Group key={segment.id} gap="sm">
              <Link to="/segments/$id" params={{ id: segment.id }} size="sm">
                {segment.name}
              </Link>
              <Text size="xs" c="dimmed">
                {t(`segments:kind.${segment.kind}`)}
              </Text>
              <WhyMembership segment={segment} customer={{ id: customerId, name }} />
            </Group>
          ))}
        </Stack>
      )}
    </section>
  );
}
