import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Names of fields and kinds and the reasons of refusals, which are the server's words; an unknown one reads as it is. */
export function useImportWords() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      field: (field: string) => t(`imports:field.${field}`, { defaultValue: field }),
      kind: (kind: string) => t(`imports:kind.${kind}`, { defaultValue: kind }),
      reason: (reason: string) => t(`imports:reason.${reason}`, { defaultValue: reason }),
      state: (state: string) => t(`imports:state.${state}`, { defaultValue: state }),
    }),
    [t],
  );
}
