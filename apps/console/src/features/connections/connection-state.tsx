import { useTranslation } from 'react-i18next';
import { IconAlertTriangle, IconCheck, IconClock, IconPlayerPause, IconRefresh } from '../../ui/icons.ts';
import { Text } from '../../ui/kit.ts';
import type { Connection, ConnectionRun } from './schemas.ts';

const LOOK = {
  running: { Picture: IconRefresh, color: 'var(--v-accent-text)' },
  waiting: { Picture: IconClock, color: 'var(--mantine-color-dimmed)' },
  paused: { Picture: IconPlayerPause, color: 'var(--mantine-color-dimmed)' },
  fine: { Picture: IconCheck, color: 'var(--v-better)' },
  drifted: { Picture: IconAlertTriangle, color: 'var(--v-caution)' },
  failing: { Picture: IconAlertTriangle, color: 'var(--v-worse)' },
} as const;
const RUN_LOOK = { running: LOOK.running, done: LOOK.fine, failed: LOOK.failing, cancelled: LOOK.paused } as const;

/** The state in a word, with its sign. */
export function ConnectionState({ state }: { state: Connection['state'] }) {
  const { t } = useTranslation();
  return <Sign {...LOOK[state]}>{t(`connections:state.${state}`)}</Sign>;
}

export function RunState({ state }: { state: ConnectionRun['state'] }) {
  const { t } = useTranslation();
  return <Sign {...RUN_LOOK[state]}>{t(`connections:run.state.${state}`)}</Sign>;
}

function Sign({ Picture, color, children }: { Picture: typeof IconCheck; color: string; children: string }) {
  return (
    <Text span size="sm" c={color} style={{ whiteSpace: 'nowrap' }}>
      <Picture size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
      {children}
    </Text>
  );
}
