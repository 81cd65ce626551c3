import { useTranslation } from 'react-i18next';
import { IconAlertTriangle, IconCheck, IconRefresh } from '../../ui/icons.ts';
import { Text } from '../../ui/kit.ts';

const LOOKS = {
  running: { Picture: IconRefresh, color: 'var(--v-accent-text)' },
  done: { Picture: IconCheck, color: 'var(--v-better)' },
  failed: { Picture: IconAlertTriangle, color: 'var(--v-worse)' },
} as const;

/** How a run went: colour, sign and word. */
export function RunBadge({ state }: { state: keyof typeof LOOKS }) {
  const { t } = useTranslation();
  const { Picture, color } = LOOKS[state];
  return (
    <Text span size="sm" c={color} style={{ whiteSpace: 'nowrap' }}>
      <Picture size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
      {t(`handback:run.${state}`)}
    </Text>
  );
}
