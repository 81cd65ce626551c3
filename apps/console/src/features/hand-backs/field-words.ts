import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandBackField } from './schemas.ts';

/** «Correo», «Clave en Tienda web». */
export function useFieldWords(): (field: Pick<HandBackField, 'id' | 'label'>) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ id, label }) => (label === null ? t(`handback:field.${id}`, { defaultValue: id }) : t('handback:field.key', { source: label })),
    [t],
  );
}
