import { useTranslation } from 'react-i18next';
import { IconAlertTriangle, IconCheck, IconRefresh } from '../../ui/icons.ts';
import { Badge } from '../../ui/kit.ts';

const LOOKS = { running: ['blue', IconRefresh], done: ['teal', IconCheck], failed: ['red', IconAlertTriangle] } as const;

/** How a run went: colour, sign and word. */
export function RunBadge({ state }: { state: keyof typeof LOOKS }) {
  const { t } = useTranslation();
  const [color, Picture] = LOOKS[state];
  return (
    <Badge variant="light" color={color} tt="none" fw={500} leftSection={<Picture size={12} aria-hidden />}>
      {t(`handback:run.${state}`)}
    </Badge>
  );
}
