import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconPlus, IconX } from '../../../ui/icons.ts';
import { ActionIcon, Button, Group, Select, Stack, Text } from '../../../ui/kit.ts';
import type { Rule, RuleGroup } from '../rule-shapes.ts';
import type { Words } from '../sentence.ts';
import { AddCondition } from './add-condition.tsx';
import classes from './builder.module.css';
import { ConditionRow } from './condition-row.tsx';
import { addTo, type Path, replaceAt } from './edit-rule.ts';

interface GroupBoxProps {
  rule: Rule;
  group: RuleGroup;
  path: Path;
  words: Words;
  /** The segment being changed, which its rule may not name. */
  own: string | undefined;
  onChange: (rule: Rule) => void;
}

/** Groups within groups stop here: nobody reads a sentence any deeper. */
const DEEPEST = 3;

/** A group of conditions: how many must hold, each of them, and what can be added. */
export function GroupBox({ rule, group, path, words, own, onChange }: GroupBoxProps) {
  const { t } = useTranslation();
  const [fresh, setFresh] = useState<number>();
  const outer = path.length === 0;
  const joint = t(`segments:builder.${group.match === 'all' ? 'and' : group.match === 'any' ? 'or' : 'nor'}`);
  const set = (at: number, node: RuleGroup['of'][number] | undefined) => onChange(replaceAt(rule, [...path, at], node));
  return (
    <Stack
      gap={4}
      className={outer ? '' : `${classes.group} ${classes.nested}`}
      role="group"
      aria-label={t(`segments:builder.${group.match}`)}
    >
      <Group gap="sm" wrap="nowrap">
        <Text size="sm" fw={600}>
          {t(outer ? 'segments:builder.customersWho' : 'segments:builder.groupWho')}
        </Text>
        <Select
          aria-label={t('segments:builder.match')}
          data={(['all', 'any', 'none'] as const).map((match) => ({ value: match, label: t(`segments:builder.${match}`) }))}
          value={group.match}
          allowDeselect={false}
          onChange={(match) => match && onChange(replaceAt(rule, path, { ...group, match: match as RuleGroup['match'] }))}
          w={250}
        />
        {!outer && (
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.end!}
            aria-label={t('segments:builder.removeGroup')}
            onClick={() => onChange(replaceAt(rule, path, undefined))}
          >
            <IconX size={16} />
          </ActionIcon>
        )}
      </Group>
      {group.of.map((part, n) =>
        part.kind === 'group' ? (
          // What a part is, is where it stands: rules have no other names for their parts.
          <div key={n} className={classes.row} style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
            <span className={classes.joint}>{n > 0 ? joint : ''}</span>
            <div style={{ flex: 1, minWidth: 0 }}>
              <GroupBox rule={rule} group={part} path={[...path, n]} words={words} own={own} onChange={onChange} />
            </div>
          </div>
        ) : (
          <ConditionRow
            key={n}
            joint={n > 0 ? joint : ''}
            condition={part}
            words={words}
            own={own}
            fresh={n === fresh}
            onChange={(next) => set(n, next)}
            onRemove={() => set(n, undefined)}
          />
        ),
      )}
      <Group gap="sm" mt={4}>
        <div style={{ flex: 1, minWidth: 220, maxWidth: 460 }}>
          <AddCondition
            words={words}
            onAdd={(condition) => {
              setFresh(group.of.length);
              onChange(addTo(rule, path, condition));
            }}
          />
        </div>
        {path.length < DEEPEST && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange(addTo(rule, path, { kind: 'group', match: group.match === 'any' ? 'all' : 'any', of: [] }))}
          >
            {t('segments:builder.addGroup')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
