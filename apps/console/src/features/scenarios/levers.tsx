import { LEVERS, type Lever, type ScenarioLevers } from '@vinculo/value';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../app/search.ts';
import { Definition } from '../../ui/definition.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group, NumberInput, Slider, Stack, Text } from '../../ui/kit.ts';
import type { ScenariosSearch } from './search.ts';

/** How far each lever goes on the screen, in whole percent or points. */
const RANGE: Record<Lever, [least: number, most: number]> = {
  kept: [0, 100],
  frequency: [-30, 50],
  order: [-30, 50],
  margin: [-10, 10],
  newcomers: [-50, 100],
};

export function leversOf(words: ScenariosSearch): ScenarioLevers {
  const part = (lever: Lever) => (words[lever] ?? 0) / 100;
  return {
    kept: part('kept'),
    frequency: part('frequency'),
    order: part('order'),
    margin: part('margin'),
    newcomers: part('newcomers'),
    cost: words.cost ?? 0,
  };
}

export function wordsOf(levers: ScenarioLevers): Pick<ScenariosSearch, Lever | 'cost'> {
  const percent = (value: number) => Math.round(value * 1_000) / 10 || undefined;
  return { ...Object.fromEntries(LEVERS.map((lever) => [lever, percent(levers[lever])])), cost: levers.cost || undefined };
}

/** What would be different: a slider and a number for each. */
export function Levers() {
  const { t, i18n } = useTranslation();
  const [words, change] = useWords<ScenariosSearch>();
  return (
    <Stack gap="lg">
      {LEVERS.map((lever) => (
        <LeverSlider
          key={lever}
          lever={lever}
          value={words[lever] ?? 0}
          onChange={(value) => change({ [lever]: value || undefined }, { replace: true })}
        />
      ))}
      <NumberInput
        label={t('scenarios:cost')}
        description={t('scenarios:costHelp')}
        value={words.cost ?? 0}
        min={0}
        max={1e12}
        step={500}
        thousandSeparator={i18n.language === 'en' ? ',' : '.'}
        decimalSeparator={i18n.language === 'en' ? '.' : ','}
        onChange={(value) => change({ cost: Number(value) || undefined }, { replace: true })}
      />
    </Stack>
  );
}

function LeverSlider({ lever, value, onChange }: { lever: Lever; value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  // While the thumb is held: the URL hears of it when it is let go.
  const [held, setHeld] = useState<number>();
  const shown = held ?? value;
  const [least, most] = RANGE[lever];
  const signed = (percent: number) =>
    lever === 'margin'
      ? t('scenarios:points', { count: percent, points: `${percent > 0 ? '+' : ''}${format.number(percent)}` })
      : `${percent > 0 && lever !== 'kept' ? '+' : ''}${format.percent(percent / 100)}`;
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={500} component="div">
          <Definition of={t(`scenarios:definition.${lever}`)}>{t(`scenarios:lever.${lever}`)}</Definition>
        </Text>
        <Text size="sm" fw={600} c={shown === 0 ? 'dimmed' : undefined} style={{ fontVariantNumeric: 'tabular-nums' }}>
          {signed(shown)}
        </Text>
      </Group>
      <Slider
        mt={6}
        value={shown}
        min={least}
        max={most}
        step={1}
        label={null}
        thumbProps={{ 'aria-label': t(`scenarios:lever.${lever}`), 'aria-valuetext': signed(shown) }}
        onChange={setHeld}
        onChangeEnd={(percent) => {
          setHeld(undefined);
          onChange(percent);
        }}
      />
    </div>
  );
}
