import { useTranslation } from 'react-i18next';

/**
 * What a source calls a record, in words. Where the file gives no key, an id, an e-mail or a phone stands in for it, written
 * `email:ana@example.com`.
 */
export function useRecordKey(): (key: string) => string {
  const { t } = useTranslation();
  return (key) => {
    const [, field, value] = /^(national_id|email|mobile|phone):(.+)$/.exec(key) ?? [];
    if (!field || !value) return key;
    return `${t(`imports:field.${field}`)} ${field === 'national_id' ? value.toUpperCase() : value}`;
  };
}
