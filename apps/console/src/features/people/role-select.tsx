import type { roleView } from '@vinculo/access/api';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { Select, Text } from '../../ui/kit.ts';

export type Role = z.infer<typeof roleView>;

/** The roles hardly ever change; one reading serves the whole visit. */
export const useRoles = (): Role[] => useGet<Role[]>('/roles', {}, { staleTime: 3_600_000 }).data ?? [];

interface RoleSelectProps {
  value: string;
  onChange: (role: string) => void;
  label: string;
  hideLabel?: boolean;
}

export function RoleSelect({ value, onChange, label, hideLabel }: RoleSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label, size: 'xs', maw: 200 } : { label })}
      value={value}
      onChange={(role) => role && role !== value && onChange(role)}
      data={useRoles().map(({ name }) => ({ value: name, label: t(`access:role.${name}`) }))}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed">
            {t(`access:roleDescription.${option.value}`)}
          </Text>
        </div>
      )}
    />
  );
}
