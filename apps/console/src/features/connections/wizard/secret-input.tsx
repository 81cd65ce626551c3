import { useTranslation } from 'react-i18next';
import { PasswordInput, Textarea } from '../../../ui/kit.ts';
import type { ConnectionWizard } from './use-connection-wizard.ts';

interface SecretInputProps {
  wizard: ConnectionWizard;
  /** `password`, `header.X-Key`. */
  name: string;
  label: string;
  help?: string;
  /** A key of many lines. */
  long?: boolean;
}

/** A secret: typed, sent, and never shown again. One that is kept is left alone when nothing is typed. */
export function SecretInput({ wizard, name, label, help, long = false }: SecretInputProps) {
  const { t } = useTranslation();
  const kept = wizard.kept.includes(name);
  const shared = {
    label,
    description: help,
    placeholder: kept ? t('connections:secret.keptPlaceholder') : undefined,
    value: wizard.secrets[name] ?? '',
    autoComplete: 'off',
  };
  const take = (value: string) => (value === '' ? wizard.dropSecret(name) : wizard.setSecret(name, value));
  return long ? (
    <Textarea {...shared} autosize minRows={3} maxRows={8} spellCheck={false} onChange={(event) => take(event.currentTarget.value)} />
  ) : (
    <PasswordInput {...shared} autoComplete="new-password" onChange={(event) => take(event.currentTarget.value)} />
  );
}
