import { Anchor, Popover, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface WhyProps {
  /** What is being explained, for screen readers: "Grupo: campeones". */
  about: string;
  /** The evidence in sentences, from the conclusion down to the facts. Nodes are fine: a list, a small chart. */
  children: ReactNode;
  width?: number;
  /** Other words for the link, where the question is not «¿Por qué?». */
  label?: string;
}

/** «¿Por qué?» beside every score, match, recommendation and membership. */
export function Why({ about, children, width = 360, label }: WhyProps) {
  const { t } = useTranslation();
  return (
    <Popover width={width} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <Anchor component="button" type="button" size="xs" aria-label={label ? `${label}: ${about}` : t('shell:why.about', { about })}>
          {label ?? t('common:why')}
        </Anchor>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('shell:why.about', { about })}>
        <Stack gap="sm" style={{ maxHeight: 420, overflow: 'auto' }} tabIndex={0}>
          {typeof children === 'string' ? <Text size="sm">{children}</Text> : children}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
