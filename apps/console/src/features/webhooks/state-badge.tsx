import { useTranslation } from 'react-i18next';
import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconPlayerPause } from '../../ui/icons.ts';
import { Badge } from '../../ui/kit.ts';

const LOOKS = {
  on: ['teal', IconCheck],
  paused: ['gray', IconPlayerPause],
  failing: ['red', IconAlertTriangle],
  gone: ['red', IconBan],
  waiting: ['yellow', IconClock],
  delivered: ['teal', IconCheck],
  dead: ['red', IconAlertTriangle],
  done: ['teal', IconCheck],
  ignored: ['gray', IconBan],
  rejected: ['red', IconAlertTriangle],
} as const;

/** The state of a webhook or of a message: colour, sign and word. */
export function StateBadge({ state }: { state: keyof typeof LOOKS }) {
  const { t } = useTranslation();
  const [color, Picture] = LOOKS[state];
  return (
    <Badge variant="light" color={color} tt="none" fw={500} leftSection={<Picture size={12} aria-hidden />}>
      {t(`webhooks:state.${state}`)}
    </Badge>
  );
}
