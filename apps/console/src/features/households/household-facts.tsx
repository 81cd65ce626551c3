import type { Household } from '@vinculo/customer-file/api/households';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconMapPin } from '../../ui/icons.ts';
import { Badge, Group, Text } from '../../ui/kit.ts';

type Home = z.infer<typeof Household>;

/** Where a household lives, in one line. */
export function HomeAddress({ address }: { address: Home['address'] }) {
  const line = [address.street, address.rest, [address.postcode, address.city].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  if (!line) return null;
  return (
    <Text size="sm" c="dimmed">
      <IconMapPin size={16} aria-hidden style={{ verticalAlign: -3, marginInlineEnd: 4 }} />
      {line}
    </Text>
  );
}

/** How many live there, and what they have bought together. */
export function HomeFigures({ household }: { household: Home }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { value } = household;
  return (
    <Group gap="lg" align="flex-start">
      <Figure
        label={t('households:column.members')}
        value={format.number(household.members.length)}
        definition={t('households:definition')}
      />
      {value && (
        <Figure
          label={t('households:value')}
          value={format.moneyRound(value.revenue)}
          definition={t('value:definition.revenue')}
          note={t('households:orders', { count: value.orders })}
        />
      )}
      {value && value.margin !== null && (
        <Figure label={t('households:margin')} value={format.moneyRound(value.margin)} definition={t('value:definition.margin')} />
      )}
    </Group>
  );
}

export function ConfirmedMark({ household }: { household: Home }) {
  const { t } = useTranslation();
  if (!household.confirmed) return null;
  return (
    <Badge variant="light" tt="none" fw={500}>
      {t('households:confirmedMark')}
    </Badge>
  );
}
