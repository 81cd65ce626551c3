import type { LoyaltyOverview } from '@vinculo/insight/api/loyalty';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../ui/format.ts';
import { LoyaltyMark } from '../../ui/group-mark.tsx';
import { Accordion, Group, SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { behind } from './behind.ts';
import { useSignWords } from './sign-words.ts';

type Overview = z.infer<typeof LoyaltyOverview>;
const SENTENCES = 3;

/** Each type with what it means, what usually works, what to avoid, and some of whom the model is surest. */
export function TypeGuide({ now, examples }: { now: NonNullable<Overview['now']>; examples: Overview['examples'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useSignWords();
  return (
    <Accordion variant="separated" radius="md">
      {now.types.map(({ type, customers }) => (
        <Accordion.Item key={type} value={type}>
          <Accordion.Control>
            <Group gap="sm">
              <LoyaltyMark type={type} />
              <Text span size="sm" c="dimmed">
                {t(`loyalty:meaning.${type}`)}
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
              <Advice title={t('loyalty:guide.works')}>{t(`loyalty:works.${type}`)}</Advice>
              <Advice title={t('loyalty:guide.avoid')}>{t(`loyalty:avoid.${type}`)}</Advice>
              <Stack gap={6}>
                <Text size="sm" fw={600}>
                  {t('loyalty:guide.examples')}
                </Text>
                {examples
                  .filter((example) => example.type === type)
                  .map(({ customerId, name, probability, terms }) => (
                    <div key={customerId}>
                      <Link to="/customers/$id" params={{ id: customerId }} search={{ tab: 'value' }} size="sm">
                        {name}
                      </Link>{' '}
                      <Text span size="xs" c="dimmed">
                        {format.percent(probability, 0)}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {terms
                          .filter(({ points }) => points > 0)
                          .slice(0, SENTENCES)
                          .map((term) => words.sentence(term))
                          .join(' ')}
                      </Text>
                    </div>
                  ))}
                {customers > 0 && (
                  <Link {...behind.type(type)} size="sm">
                    {t('loyalty:guide.list')}
                  </Link>
                )}
              </Stack>
            </SimpleGrid>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Advice({ title, children }: { title: string; children: string }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm">{children}</Text>
    </div>
  );
}
