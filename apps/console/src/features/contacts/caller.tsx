import type { CustomerSummary, TimelineItem } from '@vinculo/customer-file/api/customers';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { GroupMark } from '../../ui/group-mark.tsx';
import { IconSparkles } from '../../ui/icons.ts';
import { Divider, Group, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SummarySkeleton } from '../../ui/skeletons.tsx';
import classes from './contacts.module.css';

/**
 * Who it is and what to do, while they are on the telephone: the next action first, then figures and the last contacts. `brief`, where a thumb has
 * little room, only what to do and the last contact.
 */
export function Caller({ id, brief = false }: { id: string; brief?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = useCompany();
  const { data: customer, error, refetch } = useGet<z.infer<typeof CustomerSummary>>(`/customers/${id}`);
  const last = useGet<{ items: z.infer<typeof TimelineItem>[] }>(`/customers/${id}/timeline`, {
    kinds: 'contact,note',
    limit: brief ? 1 : 4,
  });
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!customer) return <SummarySkeleton />;
  const figures = customer.recent ?? customer.score;
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="xs">
        <h2>{customer.name}</h2>
        <Link to="/customers/$id" params={{ id: customer.id }} size="sm">
          {t('channels:log.who.profile')}
        </Link>
      </Group>
      <div>
        <Text size="sm" fw={600}>
          <IconSparkles size={16} aria-hidden style={{ verticalAlign: -3, marginInlineEnd: 6 }} />
          {t(`customers:next.${customer.nextAction.key}.do`)}
        </Text>
        <Text size="sm" c="dimmed">
          {t(`customers:next.${customer.nextAction.key}.because`, customer.nextAction.params)}
        </Text>
      </div>
      {figures && !brief && (
        <Group gap="lg" align="flex-start">
          {figures.revenue === null ? (
            <Figure label={t('customers:column.orders')} value={format.number(figures.orders)} />
          ) : (
            <Figure
              label={t('customers:column.revenue')}
              value={format.moneyRound(figures.revenue)}
              note={t('customers:orders', { count: figures.orders })}
            />
          )}
          <Figure
            label={t('customers:column.lastPurchase')}
            value={format.relative(figures.lastPurchaseAt)}
            note={format.date(figures.lastPurchaseAt)}
          />
        </Group>
      )}
      {!brief && customer.score?.rfmGroup && <GroupMark group={customer.score.rfmGroup} />}
      {!brief && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {[customer.phone, customer.email, customer.city].filter(Boolean).join(' · ')}
        </Text>
      )}
      {!brief && <Divider />}
      <div>
        <Text size="xs" c="dimmed" fw={600} component="h3" m={0}>
          {t('channels:log.who.last')}
        </Text>
        {last.data?.items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('channels:log.who.noContacts')}
          </Text>
        ) : (
          <ul className={classes.todo}>
            {last.data?.items.map((item) => (
              <li key={item.id}>
                <Text size="sm" lineClamp={2} lang={language}>
                  {[item.data.topic, item.data.outcome, item.data.text ?? item.data.body].filter(Boolean).join(' · ') ||
                    t(`customers:timeline.kind.${item.kind}`)}
                </Text>
                <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
                  {format.relative(item.at)}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Stack>
  );
}
