import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { decileColor, groupColor, loyaltyColor, stageColor, tierColor } from './colors.ts';

function Mark({ color, children }: { color: string; children: React.ReactNode }) {
  return (
    <Text span size="sm" style={{ whiteSpace: 'nowrap' }}>
      <span
        aria-hidden
        style={{ display: 'inline-block', width: 10, height: 10, borderRadius: 3, background: color, marginInlineEnd: 6 }}
      />
      {children}
    </Text>
  );
}

/** An RFM group, always in its colour and by its name. */
export function GroupMark({ group }: { group: string }) {
  const { t } = useTranslation();
  return <Mark color={groupColor(group)}>{t(`value:group.${group}`)}</Mark>;
}

export function TierMark({ tier }: { tier: string }) {
  const { t } = useTranslation();
  return <Mark color={tierColor(tier)}>{t(`value:tier.${tier}`)}</Mark>;
}

/** A stage of the life cycle. */
export function StageMark({ stage }: { stage: string }) {
  const { t } = useTranslation();
  return <Mark color={stageColor(stage)}>{t(`value:stage.${stage}`)}</Mark>;
}

/** A value decile, 1 is the best. */
export function DecileMark({ decile }: { decile: number }) {
  const { t } = useTranslation();
  return <Mark color={decileColor(decile)}>{t('shell:decile', { decile })}</Mark>;
}

/** Why somebody comes back, always in its colour and by its name. */
export function LoyaltyMark({ type }: { type: string }) {
  const { t } = useTranslation();
  return <Mark color={loyaltyColor(type)}>{t(`value:loyalty.${type}`)}</Mark>;
}
