import { useTranslation } from 'react-i18next';
import { useCompany } from '../../../app/company.ts';
import { Group, NumberInput, Select, Text, TextInput } from '../../../ui/kit.ts';
import type { Field, Measure, Operator, Value } from '../rule-shapes.ts';
import type { Words } from '../sentence.ts';
import { ValuesField } from './values-field.tsx';

interface ValueFieldProps {
  op: Operator;
  kind: Field['kind'] | Measure['kind'];
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
  /** For values out of those there are. */
  of: string;
  choices: readonly string[] | null;
  words: Words;
  label: string;
}

/** What a condition compares with: values, a number, a day, a span of days, or nothing. */
export function ValueField({ op, kind, value, onChange, of, choices, words, label }: ValueFieldProps) {
  const { t } = useTranslation();
  if (op === 'known' || op === 'unknown' || op === 'yes' || op === 'no') return null;
  if (op === 'in' || op === 'not_in' || op === 'all') {
    const list = Array.isArray(value) ? value.map(String) : [];
    return (
      <ValuesField
        of={of}
        choices={choices}
        value={list}
        onChange={(next) => onChange(next.length > 0 ? next : undefined)}
        words={words}
        label={label}
      />
    );
  }
  if (op === 'contains')
    return (
      <TextInput
        aria-label={label}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value)}
        w={180}
      />
    );
  if (op === 'in_last' || op === 'not_in_last') {
    const span = typeof value === 'object' && value !== null && 'last' in value ? value : { last: 90, unit: 'day' as const };
    return <SpanField value={span} onChange={onChange} label={label} />;
  }
  const pair = Array.isArray(value) ? value : [];
  if (kind === 'date') {
    if (op !== 'between') return <DayField label={label} value={typeof value === 'string' ? value : ''} onChange={onChange} />;
    const set = (n: 0 | 1, day: string) =>
      onChange((n === 0 ? [day, String(pair[1] ?? '')] : [String(pair[0] ?? ''), day]) as [string, string]);
    return (
      <Group gap={6} wrap="nowrap">
        <DayField label={t('segments:builder.from')} value={String(pair[0] ?? '')} onChange={(day) => set(0, day)} />
        <Text size="sm">{t('segments:builder.and')}</Text>
        <DayField label={t('segments:builder.to')} value={String(pair[1] ?? '')} onChange={(day) => set(1, day)} />
      </Group>
    );
  }
  if (op !== 'between')
    return <AmountField kind={kind} label={label} value={typeof value === 'number' ? value : undefined} onChange={onChange} />;
  const [from, to] = pair as (number | undefined)[];
  // Half of a pair is no value yet: it is kept as what cannot be sent.
  const both = (a: number | undefined, b: number | undefined) => onChange([a ?? Number.NaN, b ?? Number.NaN]);
  return (
    <Group gap={6} wrap="nowrap">
      <AmountField kind={kind} label={t('segments:builder.from')} value={from} onChange={(next) => both(next, to)} />
      <Text size="sm">{t('segments:builder.and')}</Text>
      <AmountField kind={kind} label={t('segments:builder.to')} value={to} onChange={(next) => both(from, next)} />
    </Group>
  );
}

function AmountField({
  kind,
  label,
  value,
  onChange,
}: {
  kind: ValueFieldProps['kind'];
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  const { i18n } = useTranslation();
  const { currency } = useCompany();
  const share = kind === 'share';
  const sign =
    new Intl.NumberFormat(i18n.language, { style: 'currency', currency }).formatToParts(0).find(({ type }) => type === 'currency')?.value ??
    currency;
  const shown = value === undefined || Number.isNaN(value) ? '' : share ? Math.round(value * 1e6) / 1e4 : value;
  return (
    <NumberInput
      aria-label={label}
      value={shown}
      onChange={(next) => onChange(typeof next === 'number' ? (share ? next / 100 : next) : undefined)}
      decimalSeparator={i18n.language === 'en' ? '.' : ','}
      {...(kind === 'money' ? { suffix: ` ${sign}` } : share ? { suffix: ' %' } : {})}
      w={kind === 'money' ? 130 : 96}
      hideControls
    />
  );
}

function DayField({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return <TextInput type="date" aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} w={150} />;
}

/** So many days, weeks, months or years. */
export function SpanField({
  value,
  onChange,
  label,
}: {
  value: { last: number; unit: 'day' | 'week' | 'month' | 'year' };
  onChange: (value: { last: number; unit: 'day' | 'week' | 'month' | 'year' }) => void;
  label: string;
}) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap">
      <NumberInput
        aria-label={label}
        value={value.last}
        min={1}
        max={3650}
        allowDecimal={false}
        onChange={(next) => typeof next === 'number' && onChange({ ...value, last: next })}
        w={76}
      />
      <Select
        aria-label={t('segments:builder.unit')}
        data={(['day', 'week', 'month', 'year'] as const).map((unit) => ({ value: unit, label: t(`segments:unit.${unit}`) }))}
        value={value.unit}
        allowDeselect={false}
        onChange={(unit) => unit && onChange({ ...value, unit: unit as 'day' })}
        w={120}
      />
    </Group>
  );
}
