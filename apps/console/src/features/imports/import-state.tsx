import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconRefresh } from '../../ui/icons.ts';
import { Text } from '../../ui/kit.ts';
import { useImportWords } from './import-words.ts';
import type { Import } from './schemas.ts';

const LOOK = {
  waiting: { Picture: IconClock, color: 'var(--mantine-color-dimmed)' },
  checking: { Picture: IconRefresh, color: 'var(--v-accent-text)' },
  committing: { Picture: IconRefresh, color: 'var(--v-accent-text)' },
  done: { Picture: IconCheck, color: 'var(--v-better)' },
  failed: { Picture: IconAlertTriangle, color: 'var(--v-worse)' },
  cancelled: { Picture: IconBan, color: 'var(--mantine-color-dimmed)' },
} as const;

/** The state in a word, with its sign. */
export function ImportState({ state }: { state: Import['state'] }) {
  const words = useImportWords();
  const { Picture, color } = LOOK[state];
  return (
    <Text span size="sm" c={color} style={{ whiteSpace: 'nowrap' }}>
      <Picture size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
      {words.state(state)}
    </Text>
  );
}

export const isRunning = ({ state }: Pick<Import, 'state'>): boolean =>
  state === 'waiting' || state === 'checking' || state === 'committing';
