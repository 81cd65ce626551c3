import { useTranslation } from 'react-i18next';
import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconPlayerPause } from '../../ui/icons.ts';
import { Text } from '../../ui/kit.ts';

const GOOD = { Picture: IconCheck, color: 'var(--v-better)' };
const BAD = { Picture: IconAlertTriangle, color: 'var(--v-worse)' };
const STILL = 'var(--mantine-color-dimmed)';
const LOOKS = {
  on: GOOD,
  paused: { Picture: IconPlayerPause, color: STILL },
  failing: BAD,
  gone: { ...BAD, Picture: IconBan },
  waiting: { Picture: IconClock, color: STILL },
  delivered: GOOD,
  dead: BAD,
  done: GOOD,
  ignored: { Picture: IconBan, color: STILL },
  rejected: BAD,
} as const;

/** The state of a webhook or of a message: colour, sign and word. */
export function StateBadge({ state }: { state: keyof typeof LOOKS }) {
  const { t } = useTranslation();
  const { Picture, color } = LOOKS[state];
  return (
    <Text span size="sm" c={color} style={{ whiteSpace: 'nowrap' }}>
      <Picture size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
      {t(`webhooks:state.${state}`)}
    </Text>
  );
}
