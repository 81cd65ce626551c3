import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Those whose phones, ids and addresses the importer reads best come first. */
const CODES =
  'ES MX CO AR PE CL EC UY PY BO CR PA GT HN SV NI DO PR VE CU US PT FR IT DE GB IE AD BE NL CH AT SE NO DK FI PL CA BR MA'.split(' ');

/** Countries by their names in the reader's language, and the name of one. */
export function useCountries(): { options: { value: string; label: string }[]; nameOf: (code: string) => string } {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
    const nameOf = (code: string) => names.of(code) ?? code;
    return { options: CODES.map((code) => ({ value: code, label: nameOf(code) })), nameOf };
  }, [i18n.language]);
}
