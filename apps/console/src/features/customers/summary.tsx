import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { GroupMark } from '../../ui/group-mark.tsx';
import { IconMail, IconMapPin, IconNote, IconPhone, IconPlus, IconSparkles } from '../../ui/icons.ts';
import { Badge, Button, Divider, Group, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Why } from '../../ui/why.tsx';
import type { Customer } from './customer.tsx';

/** Who this is and what to do, in five seconds: contact, three numbers, the next action and the quick acts. */
export function Summary({ customer, onNote }: { customer: Customer; onNote: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const { score } = customer;
  // What was bought since the scores were made counts at once.
  const figures = customer.recent ?? score;
  const facts: [string, string | null][] = [
    [t('customers:column.email'), customer.email],
    [t('customers:column.phone'), customer.phone],
    [t('customers:fact.id'), customer.nationalId],
    [t('customers:fact.birth'), customer.birthDate && (customer.masked ? customer.birthDate : format.date(customer.birthDate))],
    [t('customers:column.city'), [customer.city, customer.province].filter(Boolean).join(', ') || null],
  ];
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Badge variant="light" color="gray" tt="none" fw={500}>
          {t(`customers:kind.${customer.kind}`)}
        </Badge>
        {score?.rfmGroup && <GroupMark group={score.rfmGroup} />}
      </Group>

      <div>
        <Text size="sm" fw={600}>
          <IconSparkles size={16} aria-hidden style={{ verticalAlign: -3, marginInlineEnd: 6 }} />
          {t(`customers:next.${customer.nextAction.key}.do`)}
        </Text>
        <Text size="sm" c="dimmed">
          {t(`customers:next.${customer.nextAction.key}.because`, customer.nextAction.params)}{' '}
          {score && (
            <Why about={t(`customers:next.${customer.nextAction.key}.do`)}>
              {score.rfmGroup && (
                <Text size="sm">
                  {t('customers:why.group', {
                    group: t(`value:group.${score.rfmGroup}`),
                    recency: score.recency,
                    frequency: score.frequency,
                    monetary: score.monetary,
                  })}
                </Text>
              )}
              <Text size="sm">
                {score.revenue === null
                  ? t('customers:why.lastOnly', { date: format.dateLong(score.lastPurchaseAt), count: score.orders })
                  : t('customers:why.last', {
                      date: format.dateLong(score.lastPurchaseAt),
                      orders: score.orders,
                      revenue: format.money(score.revenue),
                    })}
              </Text>
              <Text size="xs" c="dimmed">
                {t('customers:why.computed', { at: format.dateTime(score.computedAt) })}
              </Text>
            </Why>
          )}
        </Text>
      </div>

      <Group gap="xs">
        {customer.phone && !customer.masked && (
          <Button component="a" href={`tel:${customer.phone}`} variant="default" leftSection={<IconPhone size={16} />}>
            {t('customers:act.call')}
          </Button>
        )}
        {customer.email && !customer.masked && (
          <Button component="a" href={`mailto:${customer.email}`} variant="default" leftSection={<IconMail size={16} />}>
            {t('customers:act.write')}
          </Button>
        )}
        {can('contact.write') &&
          (['call', 'visit'] as const).map((kind) => (
            <LinkButton
              key={kind}
              to="/contacts/new"
              search={{ kind, customer: customer.id }}
              variant="default"
              leftSection={kind === 'call' ? <IconPlus size={16} /> : <IconMapPin size={16} />}
            >
              {t(kind === 'call' ? 'channels:log.addCall' : 'channels:log.addVisit')}
            </LinkButton>
          ))}
        {can('note.write') && (
          <Button variant="default" leftSection={<IconNote size={16} />} onClick={onNote}>
            {t('customers:act.note')}
          </Button>
        )}
      </Group>

      {figures ? (
        <Group gap="lg" align="flex-start">
          {figures.revenue === null ? (
            <Figure label={t('customers:column.orders')} value={format.number(figures.orders)} definition={t('value:definition.orders')} />
          ) : (
            <Figure
              label={t('customers:column.revenue')}
              value={format.moneyRound(figures.revenue)}
              definition={t('value:definition.revenue')}
              note={t('customers:orders', { count: figures.orders })}
            />
          )}
          {score?.margin != null && (
            <Figure
              label={t('customers:column.margin')}
              value={format.moneyRound(score.margin)}
              definition={t('value:definition.margin')}
            />
          )}
          <Figure
            label={t('customers:column.lastPurchase')}
            value={format.relative(figures.lastPurchaseAt)}
            note={format.date(figures.lastPurchaseAt)}
          />
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t('customers:noPurchases')}
        </Text>
      )}

      <Divider />
      <dl style={{ margin: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 16, rowGap: 4 }}>
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value ?? '–'}
            </Text>
          </div>
        ))}
      </dl>
      {customer.masked && (
        <Text size="xs" c="dimmed">
          {t('customers:masked')}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t('customers:since', { date: format.date(customer.firstSeen), sources: format.list(customer.sources.map(({ label }) => label)) })}
        {customer.lastContact &&
          ` ${t('customers:lastContact', { when: format.relative(customer.lastContact.at), what: customer.lastContact.topic || t(`customers:channel.${customer.lastContact.channel}`, { defaultValue: customer.lastContact.channel }) })}`}
      </Text>
    </Stack>
  );
}
