import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Alert, Code, Drawer, Group, Stack, Text, Title } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { prettyJson } from './pretty-json.ts';
import type { DeliveryDetail } from './schemas.ts';
import { StateBadge } from './state-badge.tsx';

/** One message: what was sent, what came back at each attempt. */
export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<DeliveryDetail>(`/webhook-deliveries/${id}`);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('webhooks:message.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <BlockSkeleton height={320} />
      ) : (
        <Stack gap="md">
          <Group gap="sm">
            <StateBadge state={data.state} />
            <Text size="sm">{t(`webhooks:event.${data.type}`, { defaultValue: data.type })}</Text>
            {data.type !== 'webhook.test' && (
              <Link to="/customers/$id" params={{ id: data.customerId }} size="sm">
                {t('webhooks:message.customer')}
              </Link>
            )}
          </Group>
          <Text size="xs" c="dimmed" ff="monospace">
            {data.messageId}
          </Text>
          {data.masked && (
            <Alert variant="light" color="gray" role="note">
              {t('webhooks:message.masked')}
            </Alert>
          )}
          {data.payload ? (
            <Code block tabIndex={0} aria-label={t('webhooks:message.body')}>
              {prettyJson(data.payload)}
            </Code>
          ) : (
            <Text size="sm" c="dimmed">
              {t('webhooks:message.notYet')}
            </Text>
          )}
          <Title order={3} size="h4">
            {t('webhooks:message.attempts')}
          </Title>
          {data.log.map((one) => (
            <Stack key={one.id} gap={4}>
              <Text size="sm">
                {format.dateTime(one.at)} · {one.status ?? t(`webhooks:error.${one.error}`, { defaultValue: one.error ?? '' })} ·{' '}
                {format.number(one.milliseconds)} ms
              </Text>
              <Code block tabIndex={0} aria-label={t('webhooks:message.headers')}>
                {Object.entries(one.headers)
                  .map(([name, value]) => `${name}: ${value}`)
                  .join('\n')}
                {one.answer ? `\n\n${one.answer}` : ''}
              </Code>
            </Stack>
          ))}
        </Stack>
      )}
    </Drawer>
  );
}
