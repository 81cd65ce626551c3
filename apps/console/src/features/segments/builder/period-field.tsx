import { useTranslation } from 'react-i18next';
import { Group, Select, Text, TextInput } from '../../../ui/kit.ts';
import type { RulePeriod } from '../rule-shapes.ts';
import { SpanField } from './value-field.tsx';

const KINDS = ['ever', 'last', 'this_week', 'this_month', 'this_year', 'between'] as const;
type Kind = (typeof KINDS)[number];

const kindOf = (period: RulePeriod | undefined): Kind => {
  if (!period) return 'ever';
  if ('last' in period) return 'last';
  return 'this' in period ? `this_${period.this}` : 'between';
};

const today = () => new Date().toISOString().slice(0, 10);

function first(kind: Kind): RulePeriod | undefined {
  if (kind === 'ever') return undefined;
  if (kind === 'last') return { last: 90, unit: 'day' };
  if (kind === 'between') return { from: `${today().slice(0, 4)}-01-01`, to: today() };
  return { this: kind.slice(5) as 'week' | 'month' | 'year' };
}

/** When the facts happened. */
export function PeriodField({ value, onChange }: { value: RulePeriod | undefined; onChange: (period: RulePeriod | undefined) => void }) {
  const { t } = useTranslation();
  const kind = kindOf(value);
  const [from, to] = value && 'from' in value ? [value.from, value.to ?? ''] : value && 'to' in value ? ['', value.to ?? ''] : ['', ''];
  const days = (a: string, b: string) => onChange(a ? { from: a, ...(b ? { to: b } : {}) } : b ? { to: b } : undefined);
  return (
    <Group gap={6}>
      <Select
        aria-label={t('segments:builder.period')}
        data={KINDS.map((one) => ({ value: one, label: t(`segments:period.${one}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(next) => next && next !== kind && onChange(first(next as Kind))}
        w={190}
      />
      {value && 'last' in value && <SpanField value={value} onChange={onChange} label={t('segments:builder.amountOf')} />}
      {kind === 'between' && (
        <>
          <TextInput
            type="date"
            aria-label={t('segments:builder.from')}
            value={from}
            onChange={(event) => days(event.currentTarget.value, to)}
            w={150}
          />
          <Text size="sm">{t('segments:builder.and')}</Text>
          <TextInput
            type="date"
            aria-label={t('segments:builder.to')}
            value={to}
            onChange={(event) => days(from, event.currentTarget.value)}
            w={150}
          />
        </>
      )}
    </Group>
  );
}
