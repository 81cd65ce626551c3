import type { CustomerLoyalty } from '@vinculo/insight/api/loyalty';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { loyaltyColor } from '../../ui/colors.ts';
import { Definition } from '../../ui/definition.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { LoyaltyMark } from '../../ui/group-mark.tsx';
import { Button, Group, Stack, Text, Title } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';
import { LEAST_POINTS, type Loyalty, useSignWords } from './sign-words.ts';
import { SignsSeen } from './signs-seen.tsx';

/** Why this customer comes back: the seven types with their probability, each with what speaks for and against it. */
export function LoyaltySection({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<z.infer<typeof CustomerLoyalty>>(`/customers/${customerId}/loyalty`);
  return (
    <section aria-label={t('loyalty:section.title')}>
      <Title order={2} mb="xs">
        <Definition of={t('loyalty:definition.types')}>{t('loyalty:section.title')}</Definition>
      </Title>
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <BlockSkeleton height={220} />
      ) : data.loyalty ? (
        <Seven loyalty={data.loyalty} customerId={customerId} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('loyalty:section.none')}
        </Text>
      )}
    </section>
  );
}

function Seven({ loyalty, customerId }: { loyalty: Loyalty; customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const { type, likeliest, probability, visits, leastVisits, threshold } = loyalty;
  const words = { name: t(`value:loyalty.${likeliest}`), probability: format.percent(atMost(probability), 0) };
  return (
    <Stack gap="sm">
      <Text size="sm">
        {type === 'unknown' ? t('loyalty:section.unknown', words) : t('loyalty:section.lead', words)}{' '}
        {type === 'unknown'
          ? visits < leastVisits
            ? t('loyalty:section.tooFew', { count: visits, least: leastVisits })
            : t('loyalty:section.tooEven', { threshold: format.percent(threshold, 0) })
          : t(`loyalty:meaning.${type}`)}
      </Text>
      {type !== 'unknown' && (
        <Text size="sm" c="dimmed">
          {t('loyalty:guide.works')}: {t(`loyalty:works.${type}`)}
        </Text>
      )}
      <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none', maxWidth: 560 }} aria-label={t('loyalty:section.seven')}>
        {loyalty.probabilities
          .toSorted((a, b) => b.probability - a.probability)
          .map((one) => (
            <li key={one.type} style={{ display: 'grid', gridTemplateColumns: '128px minmax(0, 1fr) auto', gap: 12, alignItems: 'center' }}>
              <LoyaltyMark type={one.type} />
              <Bar share={one.probability} color={loyaltyColor(one.type)} />
              <Why
                about={t('loyalty:section.why', {
                  name: t(`value:loyalty.${one.type}`),
                  probability: format.percent(atMost(one.probability), 0),
                })}
              >
                <Evidence loyalty={loyalty} of={one} />
              </Why>
            </li>
          ))}
      </Stack>
      <Group gap="md">
        <Button variant="subtle" size="compact-sm" px={0} onClick={() => setAll(!all)} aria-expanded={all}>
          {t(all ? 'loyalty:section.hide' : 'loyalty:section.all')}
        </Button>
        <Link to="/loyalty" size="sm">
          {t('loyalty:section.more')}
        </Link>
      </Group>
      {all && <SignsSeen loyalty={loyalty} customerId={customerId} />}
    </Stack>
  );
}

/** Nobody is certain why somebody else does something. */
const SUREST = 0.99;
const atMost = (probability: number) => Math.min(SUREST, probability);

function Bar({ share, color }: { share: number; color: string }) {
  const format = useFormat();
  return (
    <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
      <span aria-hidden style={{ flex: 1, height: 8, borderRadius: 4, background: 'var(--v-line)', overflow: 'hidden' }}>
        <span style={{ display: 'block', height: '100%', width: `${share * 100}%`, background: color }} />
      </span>
      <Text span size="sm" style={{ minWidth: 44, textAlign: 'end' }}>
        {share < 0.005 ? `< ${format.percent(0.01, 0)}` : format.percent(atMost(share), 0)}
      </Text>
    </span>
  );
}

function Evidence({ loyalty, of: { type, terms } }: { loyalty: Loyalty; of: Loyalty['probabilities'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useSignWords();
  const seen = new Map(loyalty.signs.map((sign) => [sign.sign, sign]));
  const list = (title: string, some: typeof terms) => (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {some.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('loyalty:section.nothing')}
        </Text>
      ) : (
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {some.map((term) => (
            <li key={term.sign}>
              <Text span size="sm">
                {words.sentence(term, seen.get(term.sign))}
              </Text>{' '}
              <Text span size="xs" c="dimmed">
                {t('loyalty:section.points', { points: format.number(term.points, 1) })}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
  return (
    <>
      <Text size="sm">{t(`loyalty:meaning.${type}`)}</Text>
      {list(
        t('loyalty:section.for'),
        terms.filter(({ points }) => points >= LEAST_POINTS),
      )}
      {list(t('loyalty:section.against'), terms.filter(({ points }) => points <= -LEAST_POINTS).toReversed())}
    </>
  );
}
