import type { LookupAnswer } from '@vinculo/customer-file/api/live';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useFormat } from '../../ui/format.ts';
import { Badge, Group, Stack, Text, useDebouncedValue } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import type { Entry } from './entry-fields.tsx';

type Answer = z.infer<typeof LookupAnswer>;
type Candidate = Answer['candidates'][number];

/** Who the server knows that resembles what is being typed. Nothing is asked before there is something to go by. */
export function useCandidates(kind: 'person' | 'company', entry: Entry): readonly Candidate[] {
  const typed = JSON.stringify(Object.fromEntries(Object.entries(entry).filter(([, value]) => value.trim().length > 2)));
  const [asked] = useDebouncedValue(typed, 350);
  const fields = JSON.parse(asked) as Entry;
  const enabled = Object.keys(fields).length > 0;
  // A help, no more: when it fails one can still save, so nobody is told.
  const { data } = useQuery<Answer>({
    queryKey: ['/identify/lookup', kind, asked],
    queryFn: ({ signal }) => call<Answer>({ method: 'POST', path: '/identify/lookup', body: { ...fields, kind, limit: 4 }, signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
  return enabled ? (data?.candidates ?? []) : [];
}

/** "Is it one of these?": customers to open instead of making them again. */
export function Candidates({ found }: { found: readonly Candidate[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = (name: string) => t(`identity:term.${name}`, { defaultValue: t(`imports:field.${name}`, { defaultValue: name }) });
  return (
    <Stack gap="sm" role="region" aria-live="polite" aria-label={t('customers:entry.candidates')}>
      <Text fw={600}>{t('customers:entry.candidates')}</Text>
      {found.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('customers:entry.nobody')}
        </Text>
      )}
      {found.map((one) => {
        const alike = one.reasons.filter(({ weight }) => weight > 0.5).map(({ field: name }) => field(name).toLowerCase());
        return (
          <div key={one.customerId}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Link to="/customers/$id" params={{ id: one.customerId }}>
                {one.name}
              </Link>
              <Badge variant="light" tt="none" fw={500} color={one.verdict === 'match' ? 'accent' : 'gray'}>
                {one.verdict === 'match' ? t('customers:entry.match') : format.percent(one.probability, 0)}
              </Badge>
            </Group>
            <Text size="sm" c="dimmed">
              {[one.phone, one.email, one.city].filter(Boolean).join(' · ')}
            </Text>
            {alike.length > 0 && (
              <Text size="xs" c="dimmed">
                {t('customers:entry.alike', { fields: alike.join(', ') })}
              </Text>
            )}
          </div>
        );
      })}
    </Stack>
  );
}
