import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconFilter, IconX } from '../../ui/icons.ts';
import { Button, Group, Menu, MultiSelect, Popover, Select, Stack, TextInput } from '../../ui/kit.ts';
import classes from './boards.module.css';
import { type Choices, type Filters, useChoices } from './use-boards.ts';

/** In the bar, then under «Filtros». */
const FIRST = ['province', 'channel', 'source', 'store'] as const;
const MORE = ['category', 'rfm_group', 'decile', 'tier', 'stage', 'loyalty', 'needs', 'kind'] as const;
type Many = (typeof FIRST)[number] | (typeof MORE)[number];

interface BarProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
  /** They are not those saved with the board. */
  changed: boolean;
  onSave: (() => void) | undefined;
}

export function BoardFilterBar({ filters, onChange, changed, onSave }: BarProps) {
  const { t } = useTranslation();
  const { data: choices } = useChoices();
  const narrowed = Object.keys(filters).some((name) => name !== 'period');
  return (
    <div className={classes.bar}>
      <PeriodPicker filters={filters} onChange={onChange} choices={choices} />
      {choices && choices.segments.length > 0 && <SegmentPicker filters={filters} onChange={onChange} choices={choices} />}
      {FIRST.filter((name) => (choices?.values[name]?.length ?? 0) > 1 || filters[name]).map((name) => (
        <ManyPicker key={name} name={name} filters={filters} onChange={onChange} choices={choices} />
      ))}
      <MorePicker filters={filters} onChange={onChange} choices={choices} />
      {narrowed && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconX size={14} />}
          onClick={() => onChange(filters.period ? { period: filters.period } : {})}
        >
          {t('boards:clear')}
        </Button>
      )}
      {changed && onSave && (
        <Button variant="subtle" size="xs" onClick={onSave}>
          {t('boards:saveFilters')}
        </Button>
      )}
    </div>
  );
}

interface PickerProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
  choices: Choices | undefined;
}

/** Days counted back from the last with data, or two days of one's own. */
export function PeriodPicker({ filters, onChange, choices, none }: PickerProps & { none?: string }) {
  const { t } = useTranslation();
  const { period } = filters;
  const own = typeof period === 'object';
  const [range, setRange] = useState(own ? period : { from: '', to: '' });
  const [choosing, setChoosing] = useState(false);
  const label = own ? `${period.from} – ${period.to}` : period ? t(`boards:period.${period}`) : (none ?? t('boards:period.last_12_months'));
  const set = (next: Filters['period']) => {
    setChoosing(false);
    const { period: _period, ...rest } = filters;
    onChange(next === undefined ? rest : { ...rest, period: next });
  };
  return (
    <Group gap="xs">
      <Menu>
        <Menu.Target>
          <Button variant="default" size="xs" aria-label={`${t('boards:periodWord')}: ${label}`}>
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={380} style={{ overflow: 'auto' }}>
          {none && <Menu.Item onClick={() => set(undefined)}>{none}</Menu.Item>}
          {choices?.periods.map((one) => (
            <Menu.Item key={one.key} onClick={() => set(one.key as Filters['period'])}>
              {one.label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setChoosing(true)}>{t('boards:custom')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {choosing && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (range.from && range.to) set(range);
          }}
        >
          <Group gap="xs">
            <TextInput
              type="date"
              size="xs"
              aria-label={t('boards:from')}
              value={range.from}
              onChange={(event) => setRange({ ...range, from: event.currentTarget.value })}
              required
            />
            <TextInput
              type="date"
              size="xs"
              aria-label={t('boards:to')}
              value={range.to}
              onChange={(event) => setRange({ ...range, to: event.currentTarget.value })}
              required
            />
            <Button type="submit" size="xs">
              {t('boards:apply')}
            </Button>
          </Group>
        </form>
      )}
    </Group>
  );
}

function SegmentPicker({ filters, onChange, choices }: PickerProps) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      w={180}
      aria-label={t('boards:segment')}
      searchable
      value={filters.segment ?? ''}
      data={[{ value: '', label: t('boards:anySegment') }, ...(choices?.segments ?? []).map(({ key, label }) => ({ value: key, label }))]}
      onChange={(segment) => {
        const { segment: _segment, ...rest } = filters;
        onChange(segment ? { ...rest, segment } : rest);
      }}
    />
  );
}

function ManyPicker({ name, filters, onChange, choices }: PickerProps & { name: Many }) {
  const { t } = useTranslation();
  const values = choices?.values[name] ?? [];
  const chosen = filters[name] ?? [];
  const dimension = choices?.dimensions.find(({ key }) => key === name)?.label ?? name;
  const first = values.find(({ key }) => key === chosen[0])?.label ?? chosen[0];
  const words =
    chosen.length === 0
      ? dimension
      : `${dimension}: ${chosen.length === 1 ? first : t('boards:several', { first, count: chosen.length - 1 })}`;
  return (
    <Popover width={280} position="bottom-start">
      <Popover.Target>
        <Button variant={chosen.length > 0 ? 'light' : 'default'} size="xs">
          {words}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ManySelect name={name} filters={filters} onChange={onChange} choices={choices} />
      </Popover.Dropdown>
    </Popover>
  );
}

function ManySelect({ name, filters, onChange, choices }: PickerProps & { name: Many }) {
  const { t } = useTranslation();
  const dimension = choices?.dimensions.find(({ key }) => key === name)?.label ?? name;
  return (
    <MultiSelect
      label={t('boards:filterOf', { dimension: dimension.toLowerCase() })}
      data={(choices?.values[name] ?? []).map(({ key, label }) => ({ value: key, label }))}
      value={filters[name] ?? []}
      searchable
      clearable
      limit={200}
      comboboxProps={{ withinPortal: false }}
      onChange={(chosen) => {
        const { [name]: _chosen, ...rest } = filters;
        onChange(chosen.length > 0 ? { ...rest, [name]: chosen } : rest);
      }}
    />
  );
}

/** The rest of what can be filtered by; of a card too. */
export function MorePicker({ filters, onChange, choices, all }: PickerProps & { all?: true }) {
  const { t } = useTranslation();
  const names: readonly Many[] = all ? [...FIRST, ...MORE] : MORE;
  const used = names.filter((name) => filters[name]).length;
  return (
    <Popover width={300} position="bottom-start">
      <Popover.Target>
        <Button variant={used > 0 ? 'light' : 'default'} size="xs" leftSection={<IconFilter size={14} />}>
          {used > 0 ? `${t('boards:filters')} (${used})` : t('boards:filters')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown mah={420} style={{ overflow: 'auto' }}>
        <Stack gap="sm">
          {names
            .filter((name) => (choices?.values[name]?.length ?? 0) > 1)
            .map((name) => (
              <ManySelect key={name} name={name} filters={filters} onChange={onChange} choices={choices} />
            ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
