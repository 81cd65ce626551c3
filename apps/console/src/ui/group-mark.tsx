import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { decileColor, groupColor } from './colors.ts';

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

/** A value decile, 1 is the best. */
export function DecileMark({ decile }: { decile: number }) {
  const { t } = useTranslation();
  return <Mark color={decileColor(decile)}>{t('shell:decile', { decile })}</Mark>;
}
