import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { type ApiError, call } from '../../api/client.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Code, Stack, Text, Title } from '../../ui/kit.ts';
import { Reasons } from './reasons.tsx';
import type { HookMapping, HookPreview } from './schemas.ts';

/** What the sample would become, as the server would read it. */
export function MappingPreview({ mapping, sourceId, sample }: { mapping: HookMapping; sourceId: string; sample: string }) {
  const { t } = useTranslation();
  const known = saysEnough(mapping);
  const { data, error } = useQuery<HookPreview, ApiError>({
    queryKey: ['/hooks/preview', mapping, sourceId, sample],
    queryFn: ({ signal }) => call<HookPreview>({ method: 'POST', path: '/hooks/preview', body: { mapping, sourceId, sample }, signal }),
    enabled: known && sample !== '',
    retry: false,
  });
  return (
    <Stack gap="sm" aria-live="polite">
      <Title order={2} size="h4">
        {t('webhooks:mapping.becomes')}
      </Title>
      {!known || sample === '' ? (
        <Text size="sm" c="dimmed">
          {t('webhooks:mapping.nothingYet')}
        </Text>
      ) : error ? (
        <ErrorNote error={error} />
      ) : (
        data?.things.map((thing, n) => (
          // They have no name of their own, and stay in their order.
          // oxlint-disable-next-line react/no-array-index-key
          <Stack key={n} gap={4}>
            {thing.ignored && (
              <Text size="sm" c="dimmed">
                {t('webhooks:mapping.ignored')}
              </Text>
            )}
            <Reasons reasons={thing.reasons} />
            {thing.customer && (
              <Part
                title={t('webhooks:mapping.customer')}
                of={{ [t('webhooks:mapping.keyShort')]: thing.customer.key, ...thing.customer.fields }}
              />
            )}
            {thing.purchases.map((line) => (
              <Part key={JSON.stringify(line)} title={t('webhooks:mapping.line')} of={line} />
            ))}
            {thing.contact && <Part title={t('webhooks:mapping.contactFields')} of={thing.contact} />}
          </Stack>
        ))
      )}
    </Stack>
  );
}

function Part({ title, of }: { title: string; of: Record<string, string> }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <Code block tabIndex={0} aria-label={title}>
        {Object.entries(of)
          .map(([name, value]) => `${t(`imports:field.${name}`, { defaultValue: name })}: ${value}`)
          .join('\n')}
      </Code>
    </div>
  );
}

/** Whether it can be asked already: whose it is, and of an order its number and what was paid. */
function saysEnough({ customer, purchase }: HookMapping): boolean {
  const named = customer.key !== '' || ['national_id', 'email', 'mobile', 'phone'].some((field) => customer.fields[field]);
  const paid = purchase === null || Boolean(purchase.fields.order_key && (purchase.fields.amount || purchase.fields.unit_price));
  return named && paid;
}
