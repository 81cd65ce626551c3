import { useTranslation } from 'react-i18next';
import { PasswordInput } from '../../ui/kit.ts';

export const SHORTEST_PASSWORD = 10;

interface NewPasswordProps {
  label: string;
  value: string;
  onChange: (password: string) => void;
  error?: string | undefined;
}

/** A password being chosen. Long beats complicated, so length is all that is asked. */
export function NewPassword({ label, value, onChange, error }: NewPasswordProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={label}
      description={t('people:passwordHelp', { minimum: SHORTEST_PASSWORD })}
      autoComplete="new-password"
      required
      minLength={SHORTEST_PASSWORD}
      maxLength={128}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      visibilityToggleButtonProps={{ 'aria-label': t('people:showPassword') }}
    />
  );
}
