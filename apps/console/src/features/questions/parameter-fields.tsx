import { useTranslation } from 'react-i18next';
import { Group, Select, Text, TextInput } from '../../ui/kit.ts';
import type { Parameter } from './use-run.ts';

/** The values of what stands between double braces. */
export function ParameterFields({ parameters, onChange }: { parameters: Parameter[]; onChange: (parameters: Parameter[]) => void }) {
  const { t } = useTranslation();
  const put = (name: string, change: Partial<Parameter>) =>
    onChange(parameters.map((one) => (one.name === name ? { ...one, ...change } : one)));
  if (parameters.length === 0)
    return (
      <Text size="xs" c="dimmed" mt="xs">
        {t('questions:parameterNote', { open: '{{', close: '}}', interpolation: { escapeValue: false, skipOnVariables: true } })}
      </Text>
    );
  return (
    <Group mt="sm" gap="md" align="flex-end" role="group" aria-label={t('questions:parameters')}>
      {parameters.map(({ name, type, value }) => (
        <Group key={name} gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            label={name}
            size="xs"
            type={type === 'date' ? 'date' : 'text'}
            value={value}
            onChange={(event) => put(name, { value: event.currentTarget.value })}
          />
          <Select
            size="xs"
            w={130}
            aria-label={t('questions:parameterOf', { name })}
            value={type}
            data={(['text', 'number', 'date', 'list'] as const).map((one) => ({ value: one, label: t(`questions:parameterType.${one}`) }))}
            onChange={(next) => next && put(name, { type: next as Parameter['type'] })}
          />
        </Group>
      ))}
    </Group>
  );
}
