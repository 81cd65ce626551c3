import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Definition } from './definition.tsx';
import { IconArrowDown, IconArrowUp } from './icons.ts';
import { Link, type Target } from './link.tsx';

interface FigureProps {
  label: string;
  /** Already formatted, with its unit. */
  value: ReactNode;
  /** What it means and how it is counted. */
  definition?: string;
  /** Period or comparison: «desde ayer», «frente a octubre». */
  note?: ReactNode;
  /** A comparison with a side: shown with an arrow and, only here, green or red. */
  change?: { text: string; better: boolean } | undefined;
  /** The list behind the number. */
  to?: Target | undefined;
  /** Beside the value: a Why. */
  aside?: ReactNode;
}

/** A number that matters: label, value, unit, comparison, and the list behind it. */
export function Figure({ label, value, definition, note, change, to, aside }: FigureProps) {
  const number = (
    <Text component="span" size="xl" fw={600} style={{ letterSpacing: '-0.01em', whiteSpace: 'nowrap' }}>
      {value}
    </Text>
  );
  return (
    <div>
      <Text size="xs" c="dimmed" component="div">
        {definition ? <Definition of={definition}>{label}</Definition> : label}
      </Text>
      <Group gap="sm" align="baseline" wrap="nowrap">
        {to ? (
          <Link {...to} c="inherit">
            {number}
          </Link>
        ) : (
          number
        )}
        {aside}
      </Group>
      {(note || change) && (
        <Text size="xs" c="dimmed" component="div">
          {change && <Change {...change} />} {note}
        </Text>
      )}
    </div>
  );
}

/** Better or worse: an arrow, a sign and a colour, never the colour alone. */
export function Change({ text, better }: { text: string; better: boolean }) {
  const rises = !text.startsWith('−');
  const Arrow = rises ? IconArrowUp : IconArrowDown;
  return (
    <Text span size="xs" fw={600} c={better ? 'var(--v-better)' : 'var(--v-worse)'}>
      <Arrow size={12} aria-hidden style={{ verticalAlign: -1 }} />
      {text}
    </Text>
  );
}
