import type { Survivorship, SurvivorshipRule } from '@vinculo/customer-file/api/identity';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Definition } from '../../ui/definition.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { ActionIcon, Button, Group, SimpleGrid, Stack, Text, Title, Tooltip } from '../../ui/kit.ts';
import { IconArrowDown, IconArrowUp, IconX } from '../../ui/icons.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';

type Rules = z.infer<typeof Survivorship>;
type Rule = z.infer<typeof SurvivorshipRule>;
const RULES: Rule[] = ['most_trusted', 'most_recent', 'most_complete', 'most_frequent'];

/** Which value wins when sources disagree: an order of rules for each field that has its own, and one for the rest. */
export function SurvivorshipRules() {
  const { data, error, refetch } = useGet<Rules>('/survivorship');
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <RowSkeletons rows={6} height={32} />;
  return <RulesForm key={JSON.stringify(data)} saved={data} />;
}

function RulesForm({ saved }: { saved: Rules }) {
  const { t } = useTranslation();
  const can = useCan()('settings.write');
  const [rules, setRules] = useState(saved);
  const changed = JSON.stringify(rules) !== JSON.stringify(saved);
  const save = useSend<Rules, Rules>((body) => ({ method: 'PUT', path: '/survivorship', body }), {
    refreshes: ['/survivorship', '/customers'],
    onDone: () => tell(t('shell:settings.rulesSaved')),
  });
  // Fields that travel together are chosen as one, under the name of their group.
  const nameOf = (field: string) => t([`shell:settings.together.${field}`, `imports:field.${field}`], { defaultValue: field });

  return (
    <Stack gap="lg">
      <Text size="sm" maw={620}>
        {t('shell:settings.survivorshipHelp')}
      </Text>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        {Object.entries(rules.fields).map(([field, order]) => (
          <div key={field}>
            <Title order={2}>{nameOf(field)}</Title>
            <Order
              order={order}
              locked={!can}
              label={nameOf(field)}
              onOrder={(next) => setRules({ ...rules, fields: { ...rules.fields, [field]: next } })}
            />
          </div>
        ))}
        <div>
          <Title order={2}>{t('shell:settings.otherFields')}</Title>
          <Order
            order={rules.default}
            locked={!can}
            label={t('shell:settings.otherFields')}
            onOrder={(order) => setRules({ ...rules, default: order })}
          />
        </div>
      </SimpleGrid>
      {can && (
        <Group>
          <Button onClick={() => save.mutate(rules)} loading={save.isPending} disabled={!changed}>
            {t('common:save')}
          </Button>
          {changed && (
            <Button variant="default" onClick={() => setRules(saved)}>
              {t('common:undo')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

/** Rules in the order they decide; the next one only breaks the ties of those before. */
function Order({ order, locked, label, onOrder }: { order: Rule[]; locked: boolean; label: string; onOrder: (order: Rule[]) => void }) {
  const { t } = useTranslation();
  const rest = RULES.filter((rule) => !order.includes(rule));
  const swap = (at: number, to: number) =>
    onOrder(order.map((rule, index) => (index === at ? order[to]! : index === to ? order[at]! : rule)));
  return (
    <>
      <ol aria-label={label} style={{ margin: '4px 0', paddingInlineStart: 24 }}>
        {order.map((rule, index) => {
          const name = t(`shell:settings.rule.${rule}`);
          return (
            <li key={rule} style={{ fontSize: 14 }}>
              <Group gap={4} mih={32} wrap="nowrap">
                <span style={{ flex: '0 1 216px' }}>
                  <Definition of={t(`shell:settings.ruleHelp.${rule}`)}>{name}</Definition>
                </span>
                {!locked && (
                  <>
                    <Move
                      label={t('shell:settings.up', { name })}
                      off={index === 0}
                      onClick={() => swap(index, index - 1)}
                      Picture={IconArrowUp}
                    />
                    <Move
                      label={t('shell:settings.down', { name })}
                      off={index === order.length - 1}
                      onClick={() => swap(index, index + 1)}
                      Picture={IconArrowDown}
                    />
                    <Move
                      label={t('shell:settings.drop', { name })}
                      off={order.length === 1}
                      onClick={() => onOrder(order.filter((one) => one !== rule))}
                      Picture={IconX}
                    />
                  </>
                )}
              </Group>
            </li>
          );
        })}
      </ol>
      {!locked && rest.length > 0 && (
        <Group gap={4}>
          {rest.map((rule) => (
            <Button key={rule} size="xs" variant="subtle" onClick={() => onOrder([...order, rule])}>
              + {t(`shell:settings.rule.${rule}`)}
            </Button>
          ))}
        </Group>
      )}
    </>
  );
}

function Move({ label, off, onClick, Picture }: { label: string; off: boolean; onClick: () => void; Picture: typeof IconX }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" onClick={onClick} aria-label={label} style={{ visibility: off ? 'hidden' : 'visible' }}>
        <Picture size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
