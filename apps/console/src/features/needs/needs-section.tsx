import type { CustomerNeeds } from '@vinculo/insight/api/needs';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { Definition } from '../../ui/definition.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group as Row, Stack, Text, Title } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';
import { customersOf, useNeedsWords } from './needs-words.ts';

type InGroup = NonNullable<z.infer<typeof CustomerNeeds>['needs']>;

/** Too few orders to be sure of a habit. */
const FEW = 3;
const fitWord = (fit: number) => (fit >= 0.2 ? 'good' : fit >= 0.07 ? 'some' : 'little');

/** The needs group of one customer, and in what they are like it. */
export function NeedsSection({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<z.infer<typeof CustomerNeeds>>(`/customers/${customerId}/needs`);
  return (
    <section aria-label={t('needs:section.title')}>
      <Title order={2} mb="xs">
        <Definition of={t('needs:definition.customers')}>{t('needs:section.title')}</Definition>
      </Title>
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <BlockSkeleton height={80} />
      ) : data.needs ? (
        <Its needs={data.needs} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('needs:section.none')}
        </Text>
      )}
    </section>
  );
}

function Its({ needs }: { needs: InGroup }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { group, fit, orders, computedAt } = needs;
  return (
    <Stack gap={4}>
      <Row gap="sm" align="baseline">
        <Link {...customersOf(group.id)} fw={600}>
          {group.name}
        </Link>
        <Why about={t('needs:section.about', { name: group.name })} width={440}>
          <Reasons needs={needs} />
        </Why>
      </Row>
      <Text size="sm">
        {orders < FEW ? t('needs:section.few', { count: orders }) : t(`needs:section.fit.${fitWord(fit)}`)}{' '}
        {t('needs:section.of', { share: format.percent(group.share) })}.
      </Text>
      <Text size="xs" c="dimmed">
        {t('needs:section.computed', { when: format.relative(computedAt), orders: format.number(orders) })}{' '}
        <Link to="/needs" size="xs">
          {t('needs:section.all')}
        </Link>
      </Text>
    </Stack>
  );
}

function Reasons({ needs: { reasons, against } }: { needs: InGroup }) {
  const { t } = useTranslation();
  const words = useNeedsWords();
  const list = (title: string, some: InGroup['reasons']) =>
    some.length > 0 && (
      <div>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {some.map(({ feature, subject, own, inside, outside }) => (
            <li key={`${feature} ${subject}`}>
              <Text span size="sm">
                {t('needs:section.reason', {
                  feature: words.name({ feature, subject }),
                  own: words.value(feature, own),
                  inside: words.value(feature, inside),
                  outside: words.value(feature, outside),
                })}
              </Text>
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <>
      {list(t('needs:section.as'), reasons)}
      {list(t('needs:section.not'), against)}
    </>
  );
}
