import { LOYALTY_SIGNS, type LoyaltySign, SIGN_NAMES, WEIGHT_LIMIT } from '@vinculo/value';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Definition } from '../../ui/definition.tsx';
import { NativeSelect, Stack, Text } from '../../ui/kit.ts';

type Row = Partial<Record<LoyaltySign, number>>;
const KINDS = ['behaviour', 'attitude', 'market'] as const;
const WEIGHTS = Array.from({ length: 2 * WEIGHT_LIMIT + 1 }, (_, i) => WEIGHT_LIMIT - i);

interface SignWeightsProps {
  row: Row;
  locked: boolean;
  onRow: (row: Row) => void;
}

/** What each sign says for one type, from «muy a favor» to «muy en contra»; those that say something come first. */
export function SignWeights({ row, locked, onRow }: SignWeightsProps) {
  const { t } = useTranslation();
  // The order stays while somebody edits: a sign does not jump away under the pointer.
  const [order] = useState(() => SIGN_NAMES.toSorted((a, b) => Math.abs(row[b] ?? 0) - Math.abs(row[a] ?? 0)));
  return (
    <Stack gap="md">
      {KINDS.map((kind) => (
        <div key={kind}>
          <Text size="sm" fw={600} mb={4}>
            {t(`loyalty:of.${kind}`)}
          </Text>
          <Stack gap={4}>
            {order
              .filter((sign) => LOYALTY_SIGNS[sign].of === kind)
              .map((sign) => {
                const weight = row[sign] ?? 0;
                return (
                  <div key={sign} style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 160px', gap: 12, alignItems: 'center' }}>
                    <Text size="sm" component="div" c={weight === 0 ? 'dimmed' : undefined}>
                      <Definition of={t(`loyalty:help.${sign}`)}>{t(`loyalty:sign.${sign}`)}</Definition>
                    </Text>
                    <NativeSelect
                      size="xs"
                      aria-label={t(`loyalty:sign.${sign}`)}
                      disabled={locked}
                      value={String(weight)}
                      data={WEIGHTS.map((value) => ({ value: String(value), label: t(`loyalty:weight.${value}`) }))}
                      onChange={({ currentTarget }) => onRow({ ...row, [sign]: Number(currentTarget.value) })}
                    />
                  </div>
                );
              })}
          </Stack>
        </div>
      ))}
    </Stack>
  );
}
