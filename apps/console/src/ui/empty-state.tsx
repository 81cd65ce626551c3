import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Icon, IconInbox } from './icons.ts';

interface EmptyStateProps {
  title: string;
  /** Teaches what comes here and from where. */
  children?: ReactNode;
  /** The one thing to do. */
  action?: ReactNode;
  icon?: Icon;
}

export function EmptyState({ title, children, action, icon: Picture = IconInbox }: EmptyStateProps) {
  return (
    <Stack align="center" gap="sm" py={48} px="lg" maw={460} mx="auto" ta="center">
      <ThemeIcon size={48} radius="xl" variant="light" aria-hidden>
        <Picture size={24} stroke={1.6} />
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      {children && (
        <Text size="sm" c="dimmed" component="div">
          {children}
        </Text>
      )}
      {action && <div style={{ marginTop: 8 }}>{action}</div>}
    </Stack>
  );
}
