import { HoverCard, Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './definition.module.css';

/** What a number means, on hover, focus or touch: `<Definition of={t('value:definition.orders')}>Recencia</Definition>`. */
export function Definition({ of, children }: { of: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <HoverCard width={280} openDelay={200} position="top" withArrow shadow="md">
      <HoverCard.Target>
        <UnstyledButton className={classes.term!} aria-describedby={id} component="span" tabIndex={0} role="term">
          {children}
        </UnstyledButton>
      </HoverCard.Target>
      <HoverCard.Dropdown id={id}>
        <Text size="sm" fw={400} c="var(--mantine-color-text)" tt="none">
          {of}
        </Text>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
