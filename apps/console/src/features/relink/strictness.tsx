import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Group, Slider, Stack, Switch, Text } from '../../ui/kit.ts';
import { type CurvePoint, stopsOf } from './edit-rules.ts';

interface StrictnessProps {
  curve: readonly CurvePoint[];
  threshold: number | 'auto';
  inForce: number;
  onThreshold: (threshold: number | 'auto') => void;
}

/** How careful or daring, said by what is expected of it instead of by a probability. */
export function Strictness({ curve, threshold, inForce, onThreshold }: StrictnessProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useId();
  const stops = stopsOf(curve);
  const near = threshold === 'auto' ? inForce : threshold;
  const at = stops.reduce((best, stop, n) => (Math.abs(stop.threshold - near) < Math.abs(stops[best]!.threshold - near) ? n : best), 0);
  const point = stops[at];
  const said = (stop: CurvePoint | undefined) =>
    stop
      ? t('linkage:rules.strictnessValue', { precision: format.percent(stop.precision, 1), recall: format.percent(stop.recall, 1) })
      : '';
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500} id={label}>
        {t('linkage:rules.strictness')}
      </Text>
      <Switch
        label={t('linkage:rules.auto')}
        description={t('linkage:rules.autoHelp')}
        checked={threshold === 'auto'}
        disabled={!point}
        onChange={(event) => onThreshold(event.currentTarget.checked || !point ? 'auto' : point.threshold)}
      />
      {point && (
        <>
          <Slider
            min={0}
            max={stops.length - 1}
            step={1}
            value={at}
            disabled={threshold === 'auto'}
            onChange={(n) => onThreshold(stops[n]!.threshold)}
            label={(n) => said(stops[n])}
            thumbProps={{ 'aria-labelledby': label, 'aria-valuetext': said(point) }}
          />
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              {t('linkage:rules.careful')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('linkage:rules.daring')}
            </Text>
          </Group>
          <Text size="sm" aria-live="polite">
            {t('linkage:rules.strictnessText', {
              right: format.number(Math.round(point.precision * 1000) / 10),
              found: format.number(Math.round(point.recall * 1000) / 10),
            })}
          </Text>
        </>
      )}
    </Stack>
  );
}
