import { useTranslation } from 'react-i18next';
import { NumberInput, Stack, Text } from '../../ui/kit.ts';

interface TrustFieldProps {
  value: number;
  onChange: (trust: number) => void;
  error?: string | undefined;
  /** Name of the source being written, and the others, to show where it will stand. */
  label: string;
  others: readonly { label: string; trust: number }[];
}

/** How much to believe a source, from 0 to 100, with what that means here: whose value wins. */
export function TrustField({ value, onChange, error, label, others }: TrustFieldProps) {
  const { t } = useTranslation();
  const own = { label: label.trim() || t('sources:form.thisOne'), trust: value, own: true };
  const order = [...others.map((other) => ({ ...other, own: false })), own].toSorted(
    (a, b) => b.trust - a.trust || Number(a.own) - Number(b.own),
  );

  return (
    <Stack gap="sm">
      <NumberInput
        label={t('sources:trust.label')}
        description={t('sources:trust.help')}
        value={value}
        onChange={(next) => onChange(typeof next === 'number' ? Math.round(next) : Number.parseInt(next, 10) || 0)}
        min={0}
        max={100}
        step={5}
        clampBehavior="strict"
        allowDecimal={false}
        maw={320}
        error={error}
      />
      {others.length > 0 && (
        <div>
          <Text size="xs" c="dimmed">
            {t('sources:trust.order')}
          </Text>
          <ol style={{ margin: '4px 0 0', paddingInlineStart: 20, fontSize: 14 }} aria-live="polite">
            {order.map((one, place) => (
              <li key={place} style={{ fontWeight: one.own ? 600 : 400 }}>
                {one.label} · {one.trust}
              </li>
            ))}
          </ol>
        </div>
      )}
    </Stack>
  );
}
